package org.surgewire.standalone;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.surgewire.streams.cases.Clock;
import org.surgewire.streams.runtime.SurgewireTopology;

/** A pipeline that has counted some files to their end, with announcements for a clock. */
record Replayed(Stack stack, Reading reading) {
    /** Counts JSON Lines files, in this order; what it needs is closed and deleted by {@code shutdown}. */
    static Replayed of(List<Path> files, Shutdown shutdown) throws IOException, InterruptedException {
        List<Reading.Source> sources = new ArrayList<>();
        long lines = 0;
        for (Path file : files) {
            Reading.Source source = Reading.file(file);
            sources.add(source);
            lines += Reading.countLines(source);
        }
        Path work = Files.createTempDirectory("surgewire-replay-");
        shutdown.closeLater("working directory", () -> Directories.delete(work));
        Stack stack = Stack.start(work, new Clock.OfAnnouncements(), shutdown);
        var reading = new Reading(stack.publisher());
        try (var progress = ProgressBar.onStandardError("reading", lines)) {
            for (int i = 0; i < sources.size(); i++) {
                reading.read(files.get(i).toString(), sources.get(i), progress, release -> {});
            }
        }
        new Drain(stack.admin(), stack.streams(), SurgewireTopology.readInOrder(stack.topics(), Stack.APPLICATION_ID))
                .await();
        return new Replayed(stack, reading);
    }
}
