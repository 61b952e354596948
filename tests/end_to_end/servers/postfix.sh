#!/usr/bin/env bash
# postfix.sh FOLDER PORT AUTH_PORT [POLICY_PORT]: Postfix as a submission server on 127.0.0.1:PORT, in the foreground, until SIGTERM.
#
# Runs from packages unpacked under build/servers, as root (its master process insists) and as a process group of its own.
# STARTTLS and AUTH are required; AUTH asks a Dovecot-style server on 127.0.0.1:AUTH_PORT. The certificate is FOLDER/server.crt.
# Every address is ours: all mail ends in the Maildir FOLDER/mail/inbox, but tempfail@ is answered 451 and noone@ 550. With a
# POLICY_PORT the policy server on 127.0.0.1:POLICY_PORT is asked about every other recipient.
# Nothing leaves the machine. FOLDER must be reachable for other users.
set -euo pipefail
folder=$1 port=$2 auth_port=$3 policy_port=${4:-}
[[ $(id -u) -eq 0 ]] || { echo "postfix.sh: Postfix starts only as root" >&2; exit 77; }
root=$("$(dirname "$0")/unpack.sh" postfix)
programs=$root/usr/lib/postfix/sbin
libraries=$root/usr/lib/postfix:$root/usr/lib/x86_64-linux-gnu

# Users that every Debian has: Postfix wants owners that are neither root nor shared.
owner=mail group=games
mkdir -p "$folder"/{config,queue,data,mail}
chown "$owner" "$folder/data" "$folder/mail"
(
    cd "$folder/queue"
    mkdir -p active bounce corrupt defer deferred flush hold incoming private saved trace maildrop public pid
    chown "$owner" active bounce corrupt defer deferred flush hold incoming private saved trace maildrop public
    chgrp "$group" maildrop public
    chmod 700 active bounce corrupt defer deferred flush hold incoming private saved trace
    chmod 730 maildrop
    chmod 710 public
)

cat >"$folder/config/main.cf" <<CF
compatibility_level = 3.6
queue_directory = $folder/queue
data_directory = $folder/data
command_directory = $root/usr/sbin
daemon_directory = $programs
shlib_directory = $root/usr/lib/postfix
meta_directory = $root/etc/postfix
mail_owner = $owner
setgid_group = $group
maillog_file = $folder/postfix.log
maillog_file_prefixes = $folder
import_environment = MAIL_CONFIG MAIL_LOGTAG TZ LD_LIBRARY_PATH=$libraries
export_environment = MAIL_CONFIG MAIL_LOGTAG TZ LD_LIBRARY_PATH=$libraries
inet_interfaces = 127.0.0.1
inet_protocols = ipv4
myhostname = mail.rasid.test
mydestination =
alias_maps =
alias_database =
mynetworks =
smtputf8_enable = yes
default_transport = error:mail does not leave this server
relay_transport = error:mail does not leave this server
virtual_transport = virtual
virtual_mailbox_domains = static:all
virtual_mailbox_base = $folder/mail
virtual_mailbox_maps = static:inbox/
virtual_uid_maps = static:$(id -u "$owner")
virtual_gid_maps = static:$(id -g "$owner")
virtual_minimum_uid = 1
smtpd_tls_cert_file = $folder/server.crt
smtpd_tls_key_file = $folder/server.key
smtpd_tls_security_level = encrypt
smtpd_tls_auth_only = yes
smtpd_sasl_auth_enable = yes
smtpd_sasl_type = dovecot
smtpd_sasl_path = inet:127.0.0.1:$auth_port
smtpd_relay_restrictions = permit_sasl_authenticated, reject
smtpd_recipient_restrictions = check_recipient_access regexp:$folder/config/refused${policy_port:+, check_policy_service inet:127.0.0.1:$policy_port}
CF
printf '/^tempfail@/ 451 4.3.0 try later\n/^noone@/ 550 5.1.1 no such user\n' >"$folder/config/refused"
{
    echo "127.0.0.1:$port inet n - n - - smtpd"
    echo "pickup unix n - n 60 1 pickup"
    echo "qmgr unix n - n 300 1 qmgr"
    echo "postlog unix-dgram n - n - 1 postlogd"
    while read -r name private unprivileged limit program; do
        echo "$name unix $private $unprivileged n - $limit $program"
    done <<'SERVICES'
cleanup n - 0 cleanup
flush n - 0 flush
showq n - - showq
virtual - n - virtual
bounce - - 0 bounce
defer - - 0 bounce
trace - - 0 bounce
verify - - 1 verify
anvil - - 1 anvil
scache - - 1 scache
tlsmgr - - 1 tlsmgr
rewrite - - - trivial-rewrite
proxymap - - - proxymap
error - - - error
retry - - - error
discard - - - discard
SERVICES
} >"$folder/config/master.cf"
: >"$folder/postfix.log"

# Whoever started this may be killed without a word: Postfix must not outlive him.
parent=$PPID
(
    while kill -0 "$parent" 2>/dev/null; do sleep 2; done
    kill -TERM -$$
) &

export LD_LIBRARY_PATH=$libraries MAIL_CONFIG=$folder/config
exec "$programs/master" -s -c "$folder/config"
