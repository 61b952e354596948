#include "daemon/store_command.hpp"

#include "core/json.hpp"
#include "core/setup_toml.hpp"
#include "daemon/calendar_import.hpp"
#include "daemon/customer_import.hpp"
#include "daemon/setup_check.hpp"
#include "engagement/customers_csv.hpp"
#include "escalation/channel_speed.hpp"
#include "web/passwords.hpp"

#include <algorithm>

namespace rasid {
namespace {

/// In the language of who called.
CommandResult refused(const std::vector<SetupError>& errors, const StoreCommand& command) {
    CommandResult result{kBadConfiguration, "", "", false};
    for (const auto& error : errors) result.err += to_string(error, command.argument("language")) + "\n";
    return result;
}

bool is_csv(const std::string& name) { return name.ends_with(".csv") || name.ends_with(".CSV"); }

std::map<std::string, std::string> mapping_of(const StoreCommand& command) {
    std::map<std::string, std::string> mapping;
    for (const auto& [key, value] : command.arguments) {
        if (key.starts_with("map.")) mapping[key.substr(4)] = value;
    }
    return mapping;
}

/// Raised to leave the transaction of a dry run or a refused import.
struct RolledBack {};

/// Errors of every file are found, also behind the first one that is refused. Returns the line for people.
std::string import_customer_files(Store& store, const StoreCommand& command, std::vector<SetupError>& errors,
                                  Random& random, Instant now) {
    CustomerImport sum;
    bool any = false;
    for (const auto& file : command.files) {
        if (!is_csv(file.name)) continue;
        auto imported = import_customers(store, file.content, file.name, mapping_of(command), random, now);
        errors.insert(errors.end(), imported.errors.begin(), imported.errors.end());
        sum.added += imported.added;
        sum.updated += imported.updated;
        sum.named.merge(imported.named);
        any = true;
    }
    if (!any || !errors.empty()) return {};
    const int removed = command.flag("replace") ? remove_other_customers(store, sum.named) : 0;
    return "customers: " + std::to_string(sum.added) + " added, " + std::to_string(sum.updated) + " updated, " +
           std::to_string(removed) + " removed\n";
}

CommandResult import_files(Store& store, const StoreCommand& command, Random& random, Instant now) {
    Setup additions;
    std::vector<SetupError> errors;
    bool any_setup = false;
    for (const auto& file : command.files) {
        if (is_csv(file.name)) continue;
        auto parsed = parse_setup(file.content, file.name);
        errors.insert(errors.end(), parsed.errors.begin(), parsed.errors.end());
        additions = merge(additions, parsed.setup, false);
        any_setup = true;
    }

    CommandResult result;
    const bool dry = command.flag("dry_run");
    const bool replace = command.flag("replace");
    try {
        store.transact([&] {
            if (any_setup && errors.empty()) {
                const auto before = store.setup();
                const auto after = merge(before, additions, replace);
                errors = check_setup(after);
                for (const auto& change : difference(before, after)) {
                    result.out += change.change + " " + change.kind + " " + change.name + "\n";
                    result.setup_changed = !dry;
                }
                for (const auto& warning : speed_warnings(after))
                    result.err += "warning: " + to_string(warning, command.argument("language")) + "\n";
                if (errors.empty()) store.put_setup(after, {.way = "command", .at = now});
            }
            result.out += import_customer_files(store, command, errors, random, now);
            if (dry || !errors.empty()) throw RolledBack();
        });
    } catch (const RolledBack&) {
        if (!errors.empty()) return refused(errors, command);
    }
    return result;
}

CommandResult add_user(Store& store, const StoreCommand& command, Instant now) {
    Person person;
    person.name = command.argument("name");
    person.email = command.argument("email");
    person.language = command.argument("language").empty() ? "en" : command.argument("language");
    const auto role = parse_role(command.argument("role").empty() ? "moderator" : command.argument("role"));
    if (!role) return {kUsage, "", "the role is moderator, manager or admin\n", false};
    person.role = *role;
    if (auto good = check_password(command.argument("password"), {person.name, person.email}); !good)
        return {kFailed, "", good.error().what + "\n", false};
    auto setup = store.setup();
    if (find_named(setup.people, person.name) || store.person_by_email(person.email)) {
        return {kFailed, "",
                "somebody of that name or e-mail is known; change the password with: rasid user passwd EMAIL\n", false};
    }
    Setup addition;
    addition.people.push_back(person);
    if (auto errors = check_setup(addition); !errors.empty()) return refused(errors, command);
    const auto hash = hash_password(command.argument("password"));
    store.transact([&] {
        store.put_setup(merge(setup, addition, false), {.way = "command", .at = now});
        store.put_password(store.person_by_email(person.email)->id, hash);
    });
    return {kOk, "added " + person.name + " <" + person.email + "> as " + std::string(to_string(person.role)) + "\n",
            "", true};
}

CommandResult change_password(Store& store, const StoreCommand& command) {
    const auto person = store.person_by_email(command.argument("email"));
    if (!person)
        return {kFailed, "", "nobody has the e-mail " + command.argument("email") + "; see: rasid user list\n", false};
    if (auto good = check_password(command.argument("password"), {person->name, person->email}); !good)
        return {kFailed, "", good.error().what + "\n", false};
    store.put_password(person->id, hash_password(command.argument("password")));
    return {kOk, "changed the password of " + person->name + "\n", "", false};
}

}  // namespace

std::string StoreCommand::argument(std::string_view key) const {
    const auto found = arguments.find(key);
    return found == arguments.end() ? std::string() : found->second;
}

CommandResult run_store_command(Store& store, const StoreCommand& command, Random& random, Instant now) {
    if (command.name == "import") return import_files(store, command, random, now);
    if (command.name == "calendar-import") return import_calendar(store, command, now);
    if (command.name == "user-add") return add_user(store, command, now);
    if (command.name == "user-passwd") return change_password(store, command);
    return {kUsage, "", "unknown command `" + command.name + "`; the daemon may be older than this program\n", false};
}

CommandResult run_backup(Reader& reader, const std::string& path) {
    try {
        reader.backup(path);
        return {kOk, "backup written to " + path + "\n", "", false};
    } catch (const StoreError& error) {
        return {kFailed, "", std::string(error.what()) + "\n", false};
    }
}

std::string print_store_command(const StoreCommand& command) {
    JsonWriter out;
    out.object([&] {
        out.member("name", command.name);
        out.key("arguments");
        out.object([&] {
            for (const auto& [key, value] : command.arguments) out.member(key, value);
        });
        out.key("files");
        out.array([&] {
            for (const auto& file : command.files) {
                out.object([&] {
                    out.member("name", file.name);
                    out.member("content", file.content);
                });
            }
        });
    });
    return std::move(out).take();
}

Result<StoreCommand> parse_store_command(std::string_view json) {
    auto document = parse_json(json);
    if (!document) return document.error();
    StoreCommand command;
    command.name = document->root()["name"].text_or("");
    for (const auto& [key, value] : document->root()["arguments"].members())
        command.arguments[std::string(key)] = value.text_or("");
    for (const auto& file : document->root()["files"].items()) {
        command.files.push_back({file["name"].text_or(""), file["content"].text_or("")});
    }
    return command;
}

std::string print_command_result(const CommandResult& result) {
    JsonWriter out;
    out.object([&] {
        out.member("exit", result.exit);
        out.member("out", result.out);
        out.member("err", result.err);
    });
    return std::move(out).take();
}

Result<CommandResult> parse_command_result(std::string_view json) {
    auto document = parse_json(json);
    if (!document) return document.error();
    const auto root = document->root();
    return CommandResult{static_cast<int>(root["exit"].integer().value_or(kFailed)), root["out"].text_or(""),
                         root["err"].text_or(""), false};
}

}  // namespace rasid
