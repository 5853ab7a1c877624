package org.surgewire.ingest.extract;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;
import org.openjdk.jmh.infra.Blackhole;

/**
 * What reading costs on one core. {@code announcements} reads the labelled announcements, each made 150 words long, and
 * gives announcements a second: it must be 2,000 or more. {@code growing} reads one text of a given number of characters:
 * the time must grow no faster than
 * the text, and no more from where the text is cut.
 */
@State(Scope.Thread)
@Fork(1)
@Warmup(iterations = 5, time = 2)
@Measurement(iterations = 5, time = 2)
public class ExtractBenchmark {
    private static final int WORDS = 150;
    private static final int TEXTS = 180;

    private final Extractor extractor = Extractor.bundled();
    private final List<Announcement> announcements = announcements();

    /** A text of the length that the benchmark asks for. */
    @State(Scope.Thread)
    public static class Growing {
        @Param({"10000", "100000", "1000000", "5000000"})
        int characters;

        private Announcement announcement = new Announcement("", "", null, "");

        @Setup
        public void repeat() {
            StringBuilder text = new StringBuilder(characters + 2000);
            List<Announcement> parts = announcements();
            for (int i = 0; text.length() < characters; i++) {
                text.append(parts.get(i % TEXTS).text()).append('\n');
            }
            text.setLength(characters);
            announcement = new Announcement("growing", "ICE", null, text.toString());
        }
    }

    @Benchmark
    @BenchmarkMode(Mode.Throughput)
    @OutputTimeUnit(TimeUnit.SECONDS)
    @OperationsPerInvocation(TEXTS)
    public void announcements(Blackhole blackhole) {
        for (Announcement announcement : announcements) {
            blackhole.consume(extractor.extract(announcement));
        }
    }

    @Benchmark
    @BenchmarkMode(Mode.AverageTime)
    @OutputTimeUnit(TimeUnit.MILLISECONDS)
    public Facts growing(Growing growing) {
        return extractor.extract(growing.announcement);
    }

    /** The labelled announcements, each cut or repeated to 150 words. */
    private static List<Announcement> announcements() {
        ObjectMapper mapper = new ObjectMapper();
        List<Announcement> announcements = new ArrayList<>();
        for (String line : Corpus.lines()) {
            try {
                Announcement whole = Evaluation.announcement(mapper.readTree(line));
                announcements.add(new Announcement(
                        whole.id(), whole.publisher(), whole.published(), words(whole.text())));
            } catch (JsonProcessingException e) {
                throw new IllegalStateException(line, e);
            }
        }
        return announcements.subList(0, TEXTS);
    }

    private static String words(String text) {
        StringBuilder cut = new StringBuilder(1200);
        int words = 0;
        while (words < WORDS) {
            for (int i = 0; i < text.length() && words < WORDS; i++) {
                cut.append(text.charAt(i));
                if (Character.isWhitespace(text.charAt(i))) {
                    words++;
                }
            }
            cut.append('\n');
            words++;
        }
        return cut.toString();
    }
}
