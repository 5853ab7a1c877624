package org.surgewire.streams.deliveries;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Base64;
import java.util.List;
import java.util.stream.Collectors;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Signatures of Standard Webhooks: {@code v1,} and the HMAC-SHA256 of {@code id.timestamp.body} in base64, one for each
 * secret, separated by spaces.
 */
final class Signature {
    private static final String HMAC = "HmacSHA256";

    private Signature() {}

    /** @param timestamp seconds since 1970 */
    static String of(List<byte[]> secrets, String id, long timestamp, byte[] body) {
        return secrets.stream()
                .map(secret -> "v1," + hmac(secret, id + "." + timestamp + ".", body))
                .collect(Collectors.joining(" "));
    }

    private static String hmac(byte[] secret, String prefix, byte[] body) {
        try {
            Mac mac = Mac.getInstance(HMAC);
            mac.init(new SecretKeySpec(secret, HMAC));
            mac.update(prefix.getBytes(StandardCharsets.UTF_8));
            return Base64.getEncoder().encodeToString(mac.doFinal(body));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java platform has " + HMAC, e);
        }
    }
}
