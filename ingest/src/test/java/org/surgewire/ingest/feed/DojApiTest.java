package org.surgewire.ingest.feed;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.surgewire.ingest.source.Source;
import org.surgewire.ingest.source.Sources;

class DojApiTest {
    /** 1 July 2020 at midnight in New York. */
    private static final long DAY = 1_593_576_000L;

    private final Source source = Sources.bundled().find("doj-api").orElseThrow();
    private final FeedReader reader = new FeedReader(InstantSource.fixed(Instant.parse("2020-10-08T12:00:00Z")));

    @Test
    void aPageThatIsAllOfOneBusyDayLongAgoKeepsItsDay() throws FeedException {
        assertThat(read(DAY).items()).hasSize(50).allSatisfy(item -> assertThat(item.published())
                .isEqualTo(Dated.on(LocalDate.of(2020, 7, 1))));
    }

    @Test
    void oneInstantOnAWholePageIsNotBelieved() throws FeedException {
        Page page = read(DAY + 12_345);
        assertThat(page.items()).hasSize(50).allSatisfy(item -> assertThat(item.published())
                .isNull());
        assertThat(page.problems()).extracting(Problem::code).contains("CONSTANT_DATE");
    }

    private Page read(long date) throws FeedException {
        String results = IntStream.range(0, 50)
                .mapToObj(i ->
                        """
                        {"url": "https://www.justice.gov/usao-xx/pr/%d", "title": "Release %d",
                         "body": "<p>Officers arrested %d people.</p>", "date": "%d"}"""
                                .formatted(i, i, i + 2, date))
                .collect(Collectors.joining(","));
        return reader.read(
                source,
                new Body(
                        source.address(),
                        "{\"metadata\": {\"resultset\": {\"count\": 200, \"pagesize\": 50, \"page\": 1}}, \"results\": ["
                                + results + "]}"));
    }
}
