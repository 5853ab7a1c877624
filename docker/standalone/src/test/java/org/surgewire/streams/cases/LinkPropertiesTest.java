package org.surgewire.streams.cases;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.processor.api.MockProcessorContext;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.Stores;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.surgewire.schemas.ArrestAnnouncement;
import org.surgewire.schemas.jurisdictions.Jurisdictions;
import org.surgewire.standalone.ScenarioPipeline;

/** What must hold of the link rules for any two announcements, over all pairs of the sample and the scenarios. */
class LinkPropertiesTest {
    private static final Jurisdictions JURISDICTIONS = Jurisdictions.bundled();
    private static final List<Telling> TELLINGS = new ArrayList<>();

    private final LinkRules rules = new LinkRules(JURISDICTIONS, PublisherFamilies.bundled());

    @BeforeAll
    static void read() throws IOException {
        Map<String, ArrestAnnouncement> latest = new LinkedHashMap<>();
        ScenarioPipeline.sampleAndScenarios().forEach(each -> latest.put(each.getReleaseId(), each));
        latest.values().forEach(each -> TELLINGS.addAll(Telling.of(each)));
    }

    @Test
    void whetherTwoAreLinkedDoesNotDependOnWhichIsAskedFirst() {
        for (Telling one : TELLINGS) {
            for (Telling other : TELLINGS) {
                assertThat(rules.between(one, other))
                        .as(
                                "%s and %s",
                                one.announcement().getUrl(),
                                other.announcement().getUrl())
                        .isEqualTo(rules.between(other, one));
            }
        }
    }

    @Test
    void whateverIsLinkedIsFoundFromEitherSide() {
        var index = new LinkIndex(store(), JURISDICTIONS, rules);
        TELLINGS.forEach(index::add);
        int linked = 0;
        for (Telling one : TELLINGS) {
            var found = index.candidates(one);
            for (Telling other : TELLINGS) {
                var link = rules.between(one, other);
                if (!one.releaseId().equals(other.releaseId()) && link.isPresent()) {
                    linked++;
                    assertThat(found)
                            .as(
                                    "%s, asked from %s for %s",
                                    link.get(),
                                    one.announcement().getUrl(),
                                    other.announcement().getUrl())
                            .contains(other.releaseId());
                }
            }
        }
        assertThat(linked).isGreaterThan(50);
    }

    @Test
    void whatWasTakenOutIsNotFoundAnyMore() {
        KeyValueStore<String, byte[]> store = store();
        var index = new LinkIndex(store, JURISDICTIONS, rules);
        TELLINGS.forEach(index::add);
        TELLINGS.forEach(index::remove);
        try (var rows = store.all()) {
            assertThat(rows.hasNext()).isFalse();
        }
    }

    private static KeyValueStore<String, byte[]> store() {
        KeyValueStore<String, byte[]> store = Stores.keyValueStoreBuilder(
                        Stores.inMemoryKeyValueStore("link-index"), Serdes.String(), Serdes.ByteArray())
                .withLoggingDisabled()
                .build();
        store.init(new MockProcessorContext<>().getStateStoreContext(), store);
        return store;
    }
}
