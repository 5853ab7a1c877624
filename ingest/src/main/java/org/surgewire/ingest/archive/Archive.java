package org.surgewire.ingest.archive;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.netpreserve.jwarc.HttpResponse;
import org.netpreserve.jwarc.MediaType;
import org.netpreserve.jwarc.WarcCompression;
import org.netpreserve.jwarc.WarcResponse;
import org.netpreserve.jwarc.WarcWriter;
import org.surgewire.ingest.fetch.Fetched;

/**
 * Keeps what was fetched, in WARC files: a response a record, each compressed by itself, with the SHA-256 of its body. A new
 * file is begun every day and at every start, so that a kill damages no more than the last record of a file. A page that is
 * as it was is not kept again. Thread-safe.
 */
public final class Archive implements AutoCloseable {
    private static final DateTimeFormatter STAMP =
            DateTimeFormatter.ofPattern("yyyyMMdd-HHmmssSSS").withZone(ZoneOffset.UTC);

    private final Path directory;
    private final InstantSource now;
    private final Map<String, String> lastOfUrl = new HashMap<>();
    private @Nullable WarcWriter writer;
    private LocalDate day = LocalDate.MIN;

    /** An archive in a folder, which is made when it is missing. */
    public Archive(Path directory, InstantSource now) {
        this.directory = directory;
        this.now = now;
    }

    /**
     * Keeps an answer and returns the SHA-256 of its body, in hex.
     *
     * @throws UncheckedIOException when it cannot be kept, with a message fit for the user
     */
    public synchronized String keep(Fetched fetched) {
        String hash = sha256(fetched.body());
        if (hash.equals(lastOfUrl.put(fetched.url(), hash))) {
            return hash;
        }
        try {
            var http = new HttpResponse.Builder(fetched.status(), "OK");
            for (String header : fetched.headers()) {
                int colon = header.indexOf(": ");
                if (!header.regionMatches(true, 0, "Content-Type:", 0, 13)) {
                    http.addHeader(header.substring(0, colon), header.substring(colon + 2));
                }
            }
            MediaType type = fetched.contentType() == null
                    ? MediaType.OCTET_STREAM
                    : MediaType.parseLeniently(fetched.contentType());
            writer().write(new WarcResponse.Builder(URI.create(fetched.url()))
                    .date(fetched.at())
                    .addHeader("WARC-Payload-Digest", "sha256:" + hash)
                    .body(http.body(type, fetched.body()).build())
                    .build());
            return hash;
        } catch (IOException e) {
            throw new UncheckedIOException(
                    "cannot keep what was fetched in " + directory + ": " + e.getMessage()
                            + "; make room, or name another folder with --archive",
                    e);
        }
    }

    private WarcWriter writer() throws IOException {
        Instant at = now.instant();
        LocalDate today = LocalDate.ofInstant(at, ZoneOffset.UTC);
        WarcWriter open = writer;
        if (open == null || !today.equals(day)) {
            if (open != null) {
                open.close();
            }
            Files.createDirectories(directory);
            Path file = directory.resolve("surgewire-" + STAMP.format(at) + ".warc.gz");
            open = new WarcWriter(
                    FileChannel.open(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE),
                    WarcCompression.GZIP);
            writer = open;
            day = today;
        }
        return open;
    }

    private static String sha256(byte[] bytes) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }

    @Override
    public synchronized void close() {
        if (writer != null) {
            try {
                writer.close();
            } catch (IOException e) {
                throw new UncheckedIOException("cannot close the archive in " + directory, e);
            }
            writer = null;
        }
    }
}
