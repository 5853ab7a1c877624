package org.surgewire.streams.deliveries;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;

/**
 * What is sent at one time.
 *
 * @param id the same whenever the same is sent again, so that a receiver can tell
 * @param alerts one where each is sent at once; none where a day brought none, and nothing is sent
 * @param isDigest whether they are what came up since the day before
 */
record Message(String id, List<Dated> alerts, boolean isDigest) {
    private static final int BYTES = 16;

    static Message of(String subscription, Dated alert) {
        return new Message(id(subscription, name(alert)), List.of(alert), false);
    }

    static Message digest(String subscription, List<Dated> alerts) {
        List<String> names = alerts.stream().map(Message::name).toList();
        return new Message(id(subscription, String.join("\n", names)), alerts, true);
    }

    /** With the status: versions begin anew when everything is counted again under other rules. */
    private static String name(Dated alert) {
        return alert.id() + "\n" + alert.alert().getVersion() + "\n"
                + alert.alert().getStatus();
    }

    private static String id(String subscription, String name) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256")
                    .digest((subscription + "\n" + name).getBytes(StandardCharsets.UTF_8));
            return "msg_" + HexFormat.of().formatHex(digest, 0, BYTES);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
