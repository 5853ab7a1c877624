package org.surgewire.ingest.feed;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.Charset;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.IllegalCharsetNameException;
import java.nio.charset.StandardCharsets;
import java.nio.charset.UnsupportedCharsetException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.GZIPInputStream;
import org.jspecify.annotations.Nullable;

/**
 * Bytes to characters. The charset is the byte order mark's, else the one the header names, else the one the document
 * names in its first 1024 bytes, else UTF-8. Bytes that are no UTF-8 where UTF-8 is said are read as windows-1252, one
 * by one: editors paste its quotation marks into pages of any label. A body that is gzip though no header says so is
 * unpacked.
 */
public final class TextDecoder {
    private static final int MOST_BYTES = 64 << 20;
    private static final Charset WINDOWS_1252 = Charset.forName("windows-1252");
    private static final Pattern LABEL =
            Pattern.compile("(?i)(?:charset|encoding)\\s*=\\s*[\"']?\\s*([a-z0-9][a-z0-9._:-]*)");

    private TextDecoder() {}

    /**
     * The characters of a body.
     *
     * @param contentType the header's value; null for a file
     * @throws FeedException BAD_GZIP or TOO_LARGE
     */
    public static String decode(byte[] body, @Nullable String contentType) throws FeedException {
        byte[] bytes = isGzip(body) ? unpack(body) : body;
        if (startsWith(bytes, 0xef, 0xbb, 0xbf)) {
            return utf8(bytes, 3);
        }
        if (startsWith(bytes, 0xfe, 0xff)) {
            return new String(bytes, 2, bytes.length - 2, StandardCharsets.UTF_16BE);
        }
        if (startsWith(bytes, 0xff, 0xfe)) {
            return new String(bytes, 2, bytes.length - 2, StandardCharsets.UTF_16LE);
        }
        if (startsWith(bytes, 0, '<')) {
            return new String(bytes, StandardCharsets.UTF_16BE);
        }
        if (startsWith(bytes, '<', 0)) {
            return new String(bytes, StandardCharsets.UTF_16LE);
        }
        Charset charset = contentType == null ? null : named(contentType);
        if (charset == null) {
            charset = named(new String(bytes, 0, Math.min(bytes.length, 1024), StandardCharsets.ISO_8859_1));
        }
        if (charset == null || charset.equals(StandardCharsets.UTF_8) || charset.equals(StandardCharsets.US_ASCII)) {
            return utf8(bytes, 0);
        }
        // What calls itself Latin-1 is windows-1252, as every browser reads it; UTF-8 under that label happens too.
        if (charset.equals(StandardCharsets.ISO_8859_1) || charset.equals(WINDOWS_1252)) {
            return isUtf8(bytes) ? utf8(bytes, 0) : new String(bytes, WINDOWS_1252);
        }
        return new String(bytes, charset);
    }

    private static boolean isGzip(byte[] bytes) {
        return startsWith(bytes, 0x1f, 0x8b);
    }

    private static byte[] unpack(byte[] gzip) throws FeedException {
        try (var in = new GZIPInputStream(new ByteArrayInputStream(gzip))) {
            byte[] bytes = in.readNBytes(MOST_BYTES + 1);
            if (bytes.length > MOST_BYTES) {
                throw new FeedException("TOO_LARGE", "the gzip holds more than " + (MOST_BYTES >> 20) + " MiB");
            }
            return bytes;
        } catch (IOException e) {
            throw new FeedException("BAD_GZIP", "the gzip is cut off or damaged: " + e.getMessage(), e);
        }
    }

    private static boolean startsWith(byte[] bytes, int... start) {
        if (bytes.length < start.length) {
            return false;
        }
        for (int i = 0; i < start.length; i++) {
            if ((bytes[i] & 0xff) != start[i]) {
                return false;
            }
        }
        return true;
    }

    private static @Nullable Charset named(String in) {
        Matcher label = LABEL.matcher(in);
        if (!label.find()) {
            return null;
        }
        try {
            return Charset.forName(label.group(1));
        } catch (IllegalCharsetNameException | UnsupportedCharsetException e) {
            return null;
        }
    }

    private static boolean isUtf8(byte[] bytes) {
        try {
            StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes));
            return true;
        } catch (java.nio.charset.CharacterCodingException e) {
            return false;
        }
    }

    private static String utf8(byte[] bytes, int from) {
        CharsetDecoder decoder = StandardCharsets.UTF_8
                .newDecoder()
                .onMalformedInput(CodingErrorAction.REPORT)
                .onUnmappableCharacter(CodingErrorAction.REPORT);
        ByteBuffer in = ByteBuffer.wrap(bytes, from, bytes.length - from);
        CharBuffer out = CharBuffer.allocate(bytes.length - from + 1);
        for (CoderResult result = decoder.decode(in, out, true);
                result.isError();
                result = decoder.decode(in, out, true)) {
            byte[] wrong = new byte[result.length()];
            in.get(wrong);
            out.put(new String(wrong, WINDOWS_1252));
            decoder.reset();
        }
        return out.flip().toString();
    }
}
