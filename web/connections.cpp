#include "web/connections.hpp"

namespace rasid {

void Connection::close() {
    boost::system::error_code ignored;
    if (socket) socket->close(ignored);
}

bool Connections::admit(const Connection& connection, std::size_t most, std::size_t most_per_address) const {
    if (stopping_ || open_.size() >= most) return false;
    const auto strangers = strangers_.find(connection.peer);
    return connection.trusted || strangers == strangers_.end() || strangers->second < most_per_address;
}

void Connections::add(Connection& connection) {
    open_.insert(&connection);
    if (!connection.known_person) ++strangers_[connection.peer];
}

void Connections::remove(Connection& connection) {
    open_.erase(&connection);
    if (!connection.known_person) forget_stranger(connection.peer);
    if (open_.empty()) emptied_.notify();
}

void Connections::recognise(Connection& connection) {
    if (connection.known_person) return;
    connection.known_person = true;
    forget_stranger(connection.peer);
}

void Connections::forget_stranger(const std::string& peer) {
    const auto strangers = strangers_.find(peer);
    if (strangers != strangers_.end() && --strangers->second == 0) strangers_.erase(strangers);
}

void Connections::close_idle() {
    for (auto* connection : open_) {
        if (connection->between_requests) connection->close();
    }
}

void Connections::close_all() {
    for (auto* connection : open_) connection->close();
}

}  // namespace rasid
