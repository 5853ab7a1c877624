package org.surgewire.streams.http;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Who may ask. Only hashes of keys are kept: a key is long and random, so that its plain SHA-256 leads nobody back to it.
 */
public final class Keys {
    /** Everybody may ask everything. */
    public static final Keys NONE = new Keys(List.of());

    private static final String HASH = "[0-9a-fA-F]{64}";

    private final List<Key> all;

    private Keys(List<Key> all) {
        this.all = List.copyOf(all);
    }

    /** What a key opens. Each role may do what those before it may. */
    enum Role {
        /** The page and the API. */
        READER,
        /** Also {@code /metrics}. */
        OPERATOR
    }

    /**
     * A key that is known.
     *
     * @param name of whoever has it, for the limit of requests
     * @param hash in hex, lower case
     */
    record Key(Role role, String name, String hash) {
        @Override
        public String toString() {
            return role + " " + name;
        }
    }

    /**
     * Keys of a file: on each line a role, {@code reader} or {@code operator}, the SHA-256 of the key in hex, and a name.
     * Empty lines and those that begin with {@code #} are passed over.
     *
     * @throws IOException when a line is anything else, with a message for whoever wrote it; it never shows a hash
     */
    public static Keys read(Path file) throws IOException {
        List<Key> keys = new ArrayList<>();
        int number = 0;
        for (String line : Files.readAllLines(file)) {
            number++;
            if (!line.isBlank() && !line.startsWith("#")) {
                keys.add(key(file + " line " + number, line.strip().split("\\s+", 3)));
            }
        }
        if (keys.isEmpty()) {
            throw new IOException(file + " has no key; write: reader, the SHA-256 of the key in hex, a name");
        }
        return new Keys(keys);
    }

    private static Key key(String where, String[] words) throws IOException {
        if (words.length < 3) {
            throw new IOException(where + ": a role, the SHA-256 of the key in hex and a name are needed");
        }
        Role role;
        try {
            role = Role.valueOf(words[0].toUpperCase(Locale.ROOT));
        } catch (IllegalArgumentException e) {
            throw new IOException(where + ": the role may be reader or operator", e);
        }
        if (!words[1].matches(HASH)) {
            throw new IOException(where + ": the second word is no SHA-256 in hex, which has 64 digits");
        }
        return new Key(role, words[2], words[1].toLowerCase(Locale.ROOT));
    }

    boolean isEmpty() {
        return all.isEmpty();
    }

    /**
     * The key of an {@code Authorization} header, as {@code Bearer KEY} or, for browsers, as the password of {@code Basic};
     * null when it holds none that is known. Takes as long for a wrong key as for a right one.
     */
    @Nullable
    Key find(@Nullable String authorization) {
        String secret = secret(authorization);
        if (secret == null) {
            return null;
        }
        byte[] hash = HexFormat.of().formatHex(sha256(secret)).getBytes(StandardCharsets.US_ASCII);
        Key found = null;
        for (Key each : all) {
            if (MessageDigest.isEqual(each.hash().getBytes(StandardCharsets.US_ASCII), hash)) {
                found = each;
            }
        }
        return found;
    }

    private static @Nullable String secret(@Nullable String authorization) {
        if (authorization == null) {
            return null;
        }
        String[] words = authorization.strip().split(" +", 2);
        if (words.length < 2) {
            return null;
        }
        if (words[0].equalsIgnoreCase("Bearer")) {
            return words[1];
        }
        if (words[0].equalsIgnoreCase("Basic")) {
            try {
                String pair = new String(Base64.getDecoder().decode(words[1]), StandardCharsets.UTF_8);
                int colon = pair.indexOf(':');
                return colon < 0 ? null : pair.substring(colon + 1);
            } catch (IllegalArgumentException e) {
                return null;
            }
        }
        return null;
    }

    private static byte[] sha256(String text) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
