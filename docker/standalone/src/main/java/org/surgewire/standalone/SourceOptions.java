package org.surgewire.standalone;

import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.surgewire.ingest.archive.Archive;
import org.surgewire.ingest.fetch.FetchLimits;
import org.surgewire.ingest.fetch.Fetcher;
import org.surgewire.ingest.poll.SourceReader;
import org.surgewire.ingest.source.Source;
import org.surgewire.ingest.source.Sources;
import org.surgewire.ingest.source.SourcesException;
import picocli.CommandLine.Option;

/** Which sources are read, and in whose name. */
final class SourceOptions {
    @Option(
            names = "--sources",
            paramLabel = "FILE",
            description = "Registry of sources in YAML; left out, the one that ships.")
    private @Nullable Path file;

    @Option(
            names = "--contact",
            paramLabel = "ADDRESS",
            description = "E-mail address or page of whoever runs this, sent with every request;"
                    + " left out, the contact in the registry.")
    private @Nullable String contact;

    @Option(
            names = "--archive",
            paramLabel = "DIR",
            description = "Keep what is fetched here, as WARC files; left out, only the releases are kept.")
    private @Nullable Path archive;

    Sources load() {
        try {
            return file == null ? Sources.bundled() : Sources.load(file);
        } catch (SourcesException e) {
            throw new Failure(String.valueOf(e.getMessage()), e);
        }
    }

    static Source find(Sources sources, String id) {
        return sources.find(id)
                .orElseThrow(() -> new Failure(
                        "no such source",
                        id,
                        "choose from " + sources.all().stream().map(Source::id).collect(Collectors.joining(", "))));
    }

    /** A reader of these sources. */
    SourceReader reader(Sources sources, List<Source> read, Shutdown shutdown) {
        String who = contact == null ? sources.contact() : contact;
        boolean remote = read.stream().anyMatch(source -> !source.kind().isLocal(source.address()));
        if (remote && (who == null || who.isBlank())) {
            throw new Failure(
                    "nobody is named to complain to",
                    "requests carry a contact",
                    "give an e-mail address or a page with --contact, or as contact: in the registry");
        }
        var fetcher = shutdown.closeLater(
                "HTTP client",
                new Fetcher(
                        who == null ? "none" : who,
                        sources.all(),
                        FetchLimits.USUAL,
                        InstantSource.system(),
                        new SplittableRandom()));
        return new SourceReader(
                fetcher,
                archive == null ? null : shutdown.closeLater("archive", new Archive(archive, InstantSource.system())),
                InstantSource.system());
    }
}
