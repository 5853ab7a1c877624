package org.surgewire.streams.cases;

import static org.assertj.core.api.Assertions.assertThat;
import static org.surgewire.streams.runtime.Pipeline.CA;
import static org.surgewire.streams.runtime.Pipeline.LOS_ANGELES;
import static org.surgewire.streams.runtime.Pipeline.MECKLENBURG;
import static org.surgewire.streams.runtime.Pipeline.NC;
import static org.surgewire.streams.runtime.Pipeline.US;
import static org.surgewire.streams.runtime.Pipeline.announcement;
import static org.surgewire.streams.runtime.Pipeline.claim;
import static org.surgewire.streams.runtime.Pipeline.inOperation;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.processor.api.MockProcessorContext;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.Stores;
import org.junit.jupiter.api.Test;
import org.surgewire.schemas.ArrestAnnouncement;
import org.surgewire.schemas.Claim;
import org.surgewire.schemas.FurtherEvent;
import org.surgewire.schemas.Period;
import org.surgewire.schemas.jurisdictions.Jurisdictions;
import org.surgewire.schemas.similarity.MinHash;

/** Generated announcements, crowded into few places, days and numbers. {@code -Dsurgewire.seed=N} repeats a run. */
class LinkIndexTest {
    private static final long SEED = Long.getLong("surgewire.seed", 20_200_928L);
    private static final int ANNOUNCEMENTS = 600;
    private static final LocalDate START = LocalDate.parse("2020-06-01");
    private static final List<String> PLACES = List.of(US, NC, MECKLENBURG, CA, LOS_ANGELES);

    private final Jurisdictions jurisdictions = Jurisdictions.bundled();
    private final LinkRules rules = new LinkRules(jurisdictions, PublisherFamilies.bundled());
    private final Random random = new Random(SEED);

    @Test
    void whateverIsLinkedIsLinkedBothWaysAndFoundFromEitherSide() {
        System.out.println("LinkIndexTest: seed " + SEED);
        List<Telling> tellings = new ArrayList<>();
        for (int i = 0; i < ANNOUNCEMENTS; i++) {
            ArrestAnnouncement announcement = any("r" + i);
            tellings.addAll(Telling.of(i % 4 == 0 ? withFurther(announcement, any("r" + i)) : announcement));
        }
        var index = new LinkIndex(store(), jurisdictions, rules);
        tellings.forEach(index::add);
        Map<Link, Integer> linked = new EnumMap<>(Link.class);
        for (Telling one : tellings) {
            var found = index.candidates(one);
            for (Telling other : tellings) {
                var link = rules.between(one, other);
                assertThat(rules.between(other, one)).isEqualTo(link);
                if (link.isPresent() && !one.releaseId().equals(other.releaseId())) {
                    linked.merge(link.get(), 1, Integer::sum);
                    assertThat(found)
                            .as("seed %d: %s of %s and %s", SEED, link.get(), one.announcement(), other.announcement())
                            .contains(other.releaseId());
                }
            }
        }
        // Seldom is none of one kind among them.
        assertThat(linked).hasSizeGreaterThanOrEqualTo(Link.values().length - 1);
    }

    private static ArrestAnnouncement withFurther(ArrestAnnouncement announcement, ArrestAnnouncement event) {
        return ArrestAnnouncement.newBuilder(announcement)
                .setFurtherEvents(List.of(
                        new FurtherEvent(event.getKind(), event.getOperation(), event.getPeriod(), event.getClaims())))
                .build();
    }

    private ArrestAnnouncement any(String id) {
        LocalDate day = START.plusDays(random.nextInt(120));
        List<Claim> claims = new ArrayList<>();
        boolean running = random.nextInt(5) == 0;
        String at = PLACES.get(random.nextInt(PLACES.size()));
        claims.add(Claim.newBuilder(claim("c1", "TOTAL", at, count()))
                .setPlace(random.nextBoolean() ? "written" : null)
                .setKind(running ? "CUMULATIVE" : "PERIOD")
                .setClock(running ? (random.nextBoolean() ? "operation" : "since:2020-01-20") : null)
                .setQualifier(random.nextInt(4) == 0 ? "AT_LEAST" : "EXACT")
                .build());
        for (String part : PLACES) {
            if (!part.equals(at) && jurisdictions.contains(at, part) && random.nextBoolean()) {
                claims.add(claim("c" + (claims.size() + 1), "PART", part, count()));
            }
        }
        ArrestAnnouncement made = announcement(id, day.toString(), claims.toArray(Claim[]::new));
        if (random.nextInt(3) == 0) {
            made = inOperation(made, random.nextBoolean() ? "Patriot" : "Patriot 2.0", "ONGOING");
        }
        return ArrestAnnouncement.newBuilder(made)
                .setPeriod(period(day))
                .setFingerprint(MinHash.signature(text()))
                .setPublisher(random.nextBoolean() ? "ICE" : "Sheriff")
                .build();
    }

    private Period period(LocalDate day) {
        if (random.nextInt(3) == 0) {
            return null;
        }
        LocalDate start = START.plusDays(7L * random.nextInt(16));
        return new Period(start, random.nextInt(5) == 0 && start.isBefore(day) ? null : start.plusDays(4), null);
    }

    private long count() {
        return new long[] {1, 2, 12, 12, 14, 24, 128, 160}[random.nextInt(8)];
    }

    /** One of four templates with some words changed. */
    private String text() {
        int template = 1000 * random.nextInt(4);
        var text = new StringBuilder();
        for (int i = 0; i < 60; i++) {
            text.append('w')
                    .append(random.nextInt(25) == 0 ? random.nextInt() : template + i)
                    .append(' ');
        }
        return text.toString();
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
