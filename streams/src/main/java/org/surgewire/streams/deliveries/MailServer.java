package org.surgewire.streams.deliveries;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * The SMTP server that mails are handed to.
 *
 * @param user null where it asks for no login
 * @param password null where it asks for no login
 * @param from sender of the mails
 * @param unsubscribe where a recipient asks to be left out: a {@code mailto:} or {@code https:} address
 */
record MailServer(
        String host,
        int port,
        Security security,
        @Nullable String user,
        @Nullable String password,
        String from,
        String unsubscribe) {

    /** How the connection is kept secret; where TLS is asked for, nothing is sent without it. */
    enum Security {
        STARTTLS(587),
        TLS(465),
        NONE(25);

        private final int port;

        Security(int port) {
            this.port = port;
        }

        int usualPort() {
            return port;
        }

        String label() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** Without the password. */
    @Override
    public String toString() {
        return host + ":" + port;
    }
}
