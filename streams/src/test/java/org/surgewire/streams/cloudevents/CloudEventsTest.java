package org.surgewire.streams.cloudevents;

import static org.assertj.core.api.Assertions.assertThat;
import static org.surgewire.streams.runtime.Pipeline.MECKLENBURG;
import static org.surgewire.streams.runtime.Pipeline.US;
import static org.surgewire.streams.runtime.Pipeline.arrests;
import static org.surgewire.streams.runtime.Pipeline.claim;
import static org.surgewire.streams.runtime.Pipeline.inOperation;
import static org.surgewire.streams.runtime.Pipeline.revised;
import static org.surgewire.streams.runtime.Pipeline.withdrawn;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.streams.test.TestRecord;
import org.junit.jupiter.api.Test;
import org.surgewire.schemas.Alert;
import org.surgewire.schemas.ArrestAnnouncement;
import org.surgewire.schemas.Case;
import org.surgewire.schemas.JurisdictionCounts;
import org.surgewire.schemas.Operation;
import org.surgewire.streams.runtime.Pipeline;

class CloudEventsTest {
    private static final ArrestAnnouncement FIRST =
            inOperation(arrests("r1", "2020-09-28", MECKLENBURG, 12), "Operation Example", "LAUNCHED");

    private static Map<String, String> headers(TestRecord<String, ?> of) {
        Map<String, String> headers = new LinkedHashMap<>();
        of.headers().forEach(header -> assertThat(
                        headers.put(header.key(), new String(header.value(), StandardCharsets.UTF_8)))
                .as("headers stand once")
                .isNull());
        return headers;
    }

    private static List<TestRecord<String, ? extends SpecificRecord>> resultsOf(ArrestAnnouncement... announcements) {
        try (var pipeline = new Pipeline()) {
            pipeline.announce(announcements);
            return pipeline.results();
        }
    }

    @Test
    void everyResultIsACloudEvent() {
        Set<Class<?>> seen = new HashSet<>();
        for (var result : resultsOf(FIRST)) {
            var headers = headers(result);
            seen.add(result.value().getClass());

            assertThat(headers).containsOnlyKeys(CloudEvents.HEADERS);
            assertThat(headers)
                    .containsEntry("ce_specversion", "1.0")
                    .containsEntry("content-type", "application/avro")
                    .containsEntry("ce_time", "2020-09-28T12:00:00Z");
            assertThat(headers.get("ce_type")).startsWith(CloudEvents.PREFIX);
            assertThat(Instant.parse(headers.get("ce_time"))).isEqualTo(result.getRecordTime());
        }
        assertThat(seen).containsExactlyInAnyOrder(Case.class, JurisdictionCounts.class, Operation.class, Alert.class);
    }

    @Test
    void aCountIsKnownByItsJurisdictionAndTheRevisionThatChangedIt() {
        var counts = resultsOf(FIRST).stream()
                .filter(each -> each.key().equals(MECKLENBURG))
                .map(CloudEventsTest::headers);

        assertThat(counts).singleElement().satisfies(headers -> assertThat(headers)
                .containsEntry("ce_id", MECKLENBURG + "#r1/1")
                .containsEntry("ce_source", "/pipeline/counts")
                .containsEntry("ce_type", "org.surgewire.counts.changed")
                .containsEntry("ce_subject", MECKLENBURG));
    }

    @Test
    void anAlertIsKnownByItsVersionAndItsTypeSaysWhatBecameOfIt() {
        List<String> types = new ArrayList<>();
        for (var result : resultsOf(FIRST, withdrawn(FIRST, 2))) {
            if (result.value() instanceof Alert alert) {
                var headers = headers(result);
                types.add(headers.get("ce_type"));
                assertThat(headers)
                        .containsEntry("ce_id", alert.getAlertId() + "#" + alert.getVersion())
                        .containsEntry("ce_source", "/pipeline/alerts")
                        .containsEntry("ce_subject", alert.getJurisdictionId());
            }
        }
        assertThat(types).contains("org.surgewire.alert.opened", "org.surgewire.alert.cancelled");
    }

    @Test
    void processingAgainGivesTheSameIdsAndNoTwoEventsShareOne() {
        ArrestAnnouncement[] announcements = {
            FIRST,
            arrests("r2", "2020-09-28", US, 40),
            revised(FIRST, 2, claim("c1", "TOTAL", MECKLENBURG, 13)),
            FIRST,
            revised(FIRST, 3, claim("c1", "TOTAL", MECKLENBURG, 12)),
            arrests("r3", "2020-10-30", MECKLENBURG, 1)
        };
        var once = resultsOf(announcements).stream().map(CloudEventsTest::name).toList();
        var again = resultsOf(announcements).stream().map(CloudEventsTest::name).toList();

        assertThat(once).isNotEmpty().doesNotHaveDuplicates();
        assertThat(again).isEqualTo(once);
    }

    private static String name(TestRecord<String, ?> of) {
        return headers(of).get("ce_source") + " " + headers(of).get("ce_id");
    }

    @Test
    void theTraceOfAnAnnouncementGoesOnToEveryResultAndItsOtherHeadersDoNot() {
        var given = new RecordHeaders();
        given.add(
                "traceparent",
                "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01".getBytes(StandardCharsets.UTF_8));
        given.add("tracestate", "example=1".getBytes(StandardCharsets.UTF_8));
        given.add("ce_id", "the id of another event".getBytes(StandardCharsets.UTF_8));
        given.add("anything", "else".getBytes(StandardCharsets.UTF_8));
        try (var pipeline = new Pipeline()) {
            pipeline.announceWith(given, FIRST);

            assertThat(pipeline.results()).hasSizeGreaterThan(4).allSatisfy(result -> assertThat(headers(result))
                    .containsEntry("traceparent", "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01")
                    .containsEntry("tracestate", "example=1")
                    .doesNotContainKey("anything")
                    .doesNotContainValue("the id of another event")
                    .hasSize(CloudEvents.HEADERS.size() + 2));
        }
    }
}
