package org.surgewire.ingest.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.time.Duration;
import java.time.ZoneId;
import org.junit.jupiter.api.Test;
import org.surgewire.ingest.source.Source.Kind;
import org.surgewire.ingest.source.Source.Status;

class SourcesTest {
    private static final String GOOD =
            """
            contact: press-reader@example.org
            sources:
              - id: county-sheriff
                publisher: County Sheriff
                jurisdiction: ocd-division/country:us/state:nc/county:mecklenburg
                kind: html-list
                address: https://sheriff.example.org/news
                zone: America/New_York
                poll: 15m
                politeness: {delay: 5s, requests-an-hour: 60}
                status: verified
                reason: Read since spring.
                list: {entry: li, link: a}
                article: {text: main}
            """;

    @Test
    void readsWhatAnEntrySays() throws SourcesException {
        Sources sources = SourcesYaml.read("s.yaml", GOOD);

        assertThat(sources.contact()).isEqualTo("press-reader@example.org");
        Source source = sources.find("county-sheriff").orElseThrow();
        assertThat(source.kind()).isEqualTo(Kind.HTML_LIST);
        assertThat(source.zone()).isEqualTo(ZoneId.of("America/New_York"));
        assertThat(source.poll()).isEqualTo(Duration.ofMinutes(15));
        assertThat(source.politeness().delay()).isEqualTo(Duration.ofSeconds(5));
        assertThat(source.politeness().requestsAnHour()).isEqualTo(60);
        assertThat(source.status()).isEqualTo(Status.VERIFIED);
        assertThat(source.list().entry()).isEqualTo("li");
        assertThat(source.article().text()).isEqualTo("main");
    }

    @Test
    void everyBundledSourceSaysHowFarItWasChecked() {
        Sources sources = Sources.bundled();

        assertThat(sources.all())
                .extracting(Source::id)
                .contains(
                        "doj-api",
                        "doj-rss",
                        "ice-newsroom",
                        "ice-rss",
                        "dhs",
                        "cbp",
                        "uscis-rss",
                        "us-marshals",
                        "dea",
                        "fbi");
        assertThat(sources.all()).allSatisfy(source -> {
            assertThat(source.status()).isNotEqualTo(Status.VERIFIED);
            assertThat(source.reason()).containsAnyOf("Recorded shape", "recorded shape");
        });
    }

    @Test
    void namesTheSourceOfAnUnknownField() {
        refused(GOOD.replace("publisher:", "publischer:"))
                .hasMessageStartingWith(
                        "s.yaml, source county-sheriff: unknown field \"publischer\"; the fields here are address,");
    }

    @Test
    void namesTheLineOfAFieldThatStandsTwice() {
        refused(GOOD.replace("    zone: America/New_York\n", "    zone: America/New_York\n    zone: UTC\n"))
                .hasMessageStartingWith("s.yaml, line 9: not the YAML expected: Duplicate field 'zone'");
    }

    @Test
    void namesTheLineOfBrokenYaml() {
        refused(GOOD.replace("{delay: 5s,", "{delay: 5s")).hasMessageStartingWith("s.yaml, line ");
    }

    @Test
    void namesTheSourceAndWhatToWrite() {
        refused(GOOD.replace("html-list", "html"))
                .hasMessage("s.yaml, source county-sheriff: kind: \"html\" is none;"
                        + " choose from feed, doj-api, html-list, govdelivery, json-lines, directory");
        refused(GOOD.replace("America/New_York", "New York"))
                .hasMessage(
                        "s.yaml, source county-sheriff: zone: \"New York\" is unknown; write one like America/New_York");
        refused(GOOD.replace("15m", "often"))
                .hasMessage("s.yaml, source county-sheriff: poll: \"often\" is no time; write 10s, 30m, 2h or 1d");
        refused(GOOD.replace("15m", "15s")).hasMessageContaining("more often than once a minute is impolite");
        refused(GOOD.replace("https://sheriff", "ftp://sheriff")).hasMessageContaining("is no http or https URL");
        refused(GOOD.replace("https://sheriff", "https://user:word@sheriff"))
                .hasMessageContaining("without user or password");
        refused(GOOD.replace("county:mecklenburg", "county:nowhere"))
                .hasMessageContaining("write an Open Civic Data division id");
        refused(GOOD.replace("entry: li", "entry: \"li[\"")).hasMessageContaining("list.entry: \"li[\" is no CSS");
        refused(GOOD.replace("reason: Read since spring.", "reason: ''"))
                .hasMessage("s.yaml, source county-sheriff: field reason is missing or empty; write it");
        refused(GOOD.replace("id: county-sheriff", "id: County Sheriff"))
                .hasMessageStartingWith("s.yaml, source number 1: needs an id");
    }

    @Test
    void refusesTwoSourcesWithOneId() {
        String entry = GOOD.substring(GOOD.indexOf("  - id"));
        refused(GOOD + entry).hasMessage("s.yaml, source county-sheriff: there are two with this id; give one another");
    }

    @Test
    void refusesAFileWithoutSources() {
        refused("contact: a@example.org\n").hasMessage("s.yaml: holds no sources; list them under sources:");
        assertThatThrownBy(() -> Sources.load(Path.of("missing.yaml")))
                .hasMessage("missing.yaml: no such file; name a registry of sources in YAML");
    }

    private static org.assertj.core.api.AbstractThrowableAssert<?, ? extends Throwable> refused(String yaml) {
        return assertThatThrownBy(() -> SourcesYaml.read("s.yaml", yaml)).isInstanceOf(SourcesException.class);
    }
}
