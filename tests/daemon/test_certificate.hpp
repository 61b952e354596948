#pragma once

#include <boost/asio/ssl/context.hpp>

#include <openssl/evp.h>
#include <openssl/pem.h>
#include <openssl/x509v3.h>

#include <cstdio>
#include <memory>
#include <stdexcept>
#include <string>

namespace rasid {

/// A certificate authority of the test's own, and one server certificate signed by it.
class TestCertificate {
public:
    /// `names` as OpenSSL writes subject alternative names: "DNS:localhost,IP:127.0.0.1".
    explicit TestCertificate(const std::string& names)
        : authority_key_(EVP_EC_gen("P-256")), key_(EVP_EC_gen("P-256")), authority_(X509_new()),
          certificate_(X509_new()) {
        fill(authority_.get(), "Rasid test authority", 1, authority_key_.get());
        X509_set_issuer_name(authority_.get(), X509_get_subject_name(authority_.get()));
        extend(authority_.get(), NID_basic_constraints, "critical,CA:TRUE");
        extend(authority_.get(), NID_key_usage, "critical,keyCertSign,cRLSign");
        X509_sign(authority_.get(), authority_key_.get(), EVP_sha256());

        fill(certificate_.get(), "server", 2, key_.get());
        X509_set_issuer_name(certificate_.get(), X509_get_subject_name(authority_.get()));
        extend(certificate_.get(), NID_subject_alt_name, names);
        X509_sign(certificate_.get(), authority_key_.get(), EVP_sha256());

        context_.use_certificate(pem([&](BIO* out) { PEM_write_bio_X509(out, certificate_.get()); }),
                                 boost::asio::ssl::context::pem);
        context_.use_private_key(
            pem([&](BIO* out) { PEM_write_bio_PrivateKey(out, key_.get(), nullptr, nullptr, 0, nullptr, nullptr); }),
            boost::asio::ssl::context::pem);
    }

    boost::asio::ssl::context& server() { return context_; }

    /// The authority's certificate, for the client to trust.
    void write_authority(const std::string& path) const {
        const std::unique_ptr<std::FILE, int (*)(std::FILE*)> file(std::fopen(path.c_str(), "w"), &std::fclose);
        if (!file || PEM_write_X509(file.get(), authority_.get()) != 1)
            throw std::runtime_error("cannot write " + path);
    }

private:
    struct Free {
        void operator()(EVP_PKEY* key) const { EVP_PKEY_free(key); }
        void operator()(X509* certificate) const { X509_free(certificate); }
        void operator()(BIO* bio) const { BIO_free_all(bio); }
    };
    using Key = std::unique_ptr<EVP_PKEY, Free>;
    using Certificate = std::unique_ptr<X509, Free>;

    static void fill(X509* certificate, const char* name, long serial, EVP_PKEY* key) {
        X509_set_version(certificate, 2);
        ASN1_INTEGER_set(X509_get_serialNumber(certificate), serial);
        X509_gmtime_adj(X509_getm_notBefore(certificate), -3600);
        X509_gmtime_adj(X509_getm_notAfter(certificate), 24 * 3600);
        X509_set_pubkey(certificate, key);
        X509_NAME_add_entry_by_txt(X509_get_subject_name(certificate), "CN", MBSTRING_ASC,
                                   reinterpret_cast<const unsigned char*>(name), -1, -1, 0);
    }
    static void extend(X509* certificate, int kind, const std::string& value) {
        X509_EXTENSION* extension = X509V3_EXT_conf_nid(nullptr, nullptr, kind, value.c_str());
        if (!extension) throw std::runtime_error("bad extension " + value);
        X509_add_ext(certificate, extension, -1);
        X509_EXTENSION_free(extension);
    }
    template <typename Write>
    static boost::asio::const_buffer pem(const Write& write) {
        static thread_local std::string text;
        const std::unique_ptr<BIO, Free> out(BIO_new(BIO_s_mem()));
        write(out.get());
        char* data = nullptr;
        const auto size = BIO_get_mem_data(out.get(), &data);
        text.assign(data, static_cast<std::size_t>(size));
        return boost::asio::buffer(text);
    }

    Key authority_key_;
    Key key_;
    Certificate authority_;
    Certificate certificate_;
    boost::asio::ssl::context context_{boost::asio::ssl::context::tls_server};
};

}  // namespace rasid
