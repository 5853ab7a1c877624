package org.surgewire.ingest.extract;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

class CorpusTest {
    private static final Map<String, Double> BARS = bars();

    private static Map<String, Double> bars() {
        Map<String, Double> bars = new LinkedHashMap<>();
        bars.put("kind is a result or not", 0.98);
        bars.put("kind", 0.97);
        bars.put("arrests.total", 0.97);
        bars.put("qualifier (total right)", 0.98);
        bars.put("cumulative (total right)", 0.97);
        bars.put("operation", 0.98);
        bars.put("period", 0.95);
        bars.put("places (city, county, state)", 0.95);
        bars.put("places with their count", 0.93);
        bars.put("states", 0.96);
        bars.put("breakdown", 0.92);
        return bars;
    }

    /** The later texts are few and hard in their periods and shares. */
    private static Map<String, Double> laterBars() {
        Map<String, Double> bars = bars();
        bars.put("period", 0.93);
        bars.put("breakdown", 0.80);
        return bars;
    }

    private static void assertReached(Evaluation evaluation, Map<String, Double> bars) {
        System.out.println(evaluation.table());
        assertThat(bars).allSatisfy((name, bar) -> assertThat(evaluation.figure(name))
                .as("%s%n%s", name, String.join("\n", evaluation.misses(20)))
                .isGreaterThanOrEqualTo(bar));
    }

    @Test
    void agreementWithTheLabelsDoesNotFallBelowWhatWasReached() {
        assertReached(Evaluation.of(Extractor.bundled(), Corpus.lines()), BARS);
    }

    @Test
    void agreementWithTheFurtherLabelsDoesNotFallBelowIt() {
        assertReached(Evaluation.of(Extractor.bundled(), Corpus.further()), BARS);
    }

    @Test
    void agreementWithTheLaterLabelsDoesNotFallBelowWhatWasReached() {
        assertReached(Evaluation.of(Extractor.bundled(), Corpus.later()), laterBars());
    }

    @Test
    void agreementWithTheVariedLabelsDoesNotFallBelowIt() {
        assertReached(Evaluation.of(Extractor.bundled(), Corpus.varied()), BARS);
    }
}
