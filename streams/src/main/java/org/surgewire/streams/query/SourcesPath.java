package org.surgewire.streams.query;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDate;
import org.jspecify.annotations.Nullable;
import org.surgewire.schemas.jurisdictions.Jurisdiction;

/** Where the sentences are that numbers rest on. */
final class SourcesPath {
    private SourcesPath() {}

    /** The path of the sentences of some days of a jurisdiction, of the usual days where none are given. */
    static String of(
            Jurisdiction of, Series by, @Nullable Instant at, @Nullable LocalDate from, @Nullable LocalDate to) {
        var path = new StringBuilder("/v1/jurisdictions/")
                .append(of.id())
                .append("/sources?by=")
                .append(by.label());
        if (from != null && to != null) {
            path.append("&from=").append(from).append("&to=").append(to);
        }
        return at == null
                ? path.toString()
                : path + "&asOf=" + URLEncoder.encode(at.toString(), StandardCharsets.UTF_8);
    }
}
