package org.surgewire.ingest.extract;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

class CorpusTest {
    @Test
    void agreementWithTheLabelsDoesNotFallBelowWhatWasReached() {
        Evaluation evaluation = Evaluation.of(Extractor.bundled(), Corpus.lines());
        System.out.println(evaluation.table());

        Map<String, Double> floors = new LinkedHashMap<>();
        floors.put("kind is a result or not", 0.98);
        floors.put("kind", 0.97);
        floors.put("arrests.total", 0.97);
        floors.put("qualifier (total right)", 0.98);
        floors.put("cumulative (total right)", 0.97);
        floors.put("operation", 0.98);
        floors.put("period", 0.95);
        floors.put("places (city, county, state)", 0.95);
        floors.put("places with their count", 0.93);
        floors.put("states", 0.96);
        floors.put("breakdown", 0.92);
        assertThat(floors).allSatisfy((name, floor) -> assertThat(evaluation.figure(name))
                .as("%s%n%s", name, String.join("\n", evaluation.misses(20)))
                .isGreaterThanOrEqualTo(floor));
    }
}
