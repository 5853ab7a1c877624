package org.surgewire.streams.deliveries;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.surgewire.streams.alerts.AlertFilter;
import org.surgewire.streams.deliveries.Subscription.Daily;
import org.surgewire.streams.deliveries.Subscription.Mail;
import org.surgewire.streams.deliveries.Subscription.Webhook;

class SubscriptionsTest {
    private static final String SECRET = "whsec_MDEyMzQ1Njc4OTAxMjM0NTY3ODkwMTIzNDU2Nzg5MDE=";
    private static final String WEBHOOK = "{url: 'https://receiver.example/hook', secret: {env: HOOK}}";
    private static final Map<String, String> ENVIRONMENT = Map.of("HOOK", SECRET, "SHORT", "whsec_MDEy", "BLANK", " ");

    @TempDir
    Path directory;

    private Subscriptions read(String yaml) throws IOException {
        Path file = directory.resolve("subscriptions.yaml");
        Files.writeString(file, yaml);
        return Subscriptions.read(file, ENVIRONMENT);
    }

    @Test
    void aFileSaysWhoIsToldOfWhatAndWhen() throws IOException {
        Files.writeString(directory.resolve("hook.secret"), SECRET + "\n" + SECRET + "\n");
        Files.writeString(directory.resolve("smtp"), "pass word\n");
        Subscriptions subscriptions = read(
                """
                mail:
                  server: smtp.example.org
                  user: surgewire
                  password: {file: smtp}
                  from: Surgewire <alerts@example.org>
                  unsubscribe: mailto:desk@example.org
                subscriptions:
                  - id: newsroom
                    webhook:
                      url: http://localhost:9000/hook
                      secret: {file: hook.secret}
                      private: true
                    jurisdiction: ocd-division/country:us/state:nc
                    operation: rise
                    severity: moderate
                  - id: desk
                    mail: desk@example.org
                    daily: "07:30"
                    zone: America/New_York
                """);

        Subscription newsroom = subscriptions.all().get(0);
        assertThat(newsroom.filter())
                .isEqualTo(new AlertFilter("ocd-division/country:us/state:nc", "rise", "MODERATE"));
        assertThat(newsroom.daily()).isNull();
        assertThat(((Webhook) newsroom.target()).secrets()).hasSize(2).allSatisfy(key -> assertThat(key)
                .hasSize(32));
        assertThat(newsroom.toString()).doesNotContain("MDEy");
        Subscription desk = subscriptions.all().get(1);
        assertThat(desk.target()).isEqualTo(new Mail("desk@example.org"));
        assertThat(desk.filter()).isEqualTo(new AlertFilter(null, null, "INFO"));
        assertThat(desk.daily()).isEqualTo(new Daily(LocalTime.of(7, 30), ZoneId.of("America/New_York")));
        assertThat(subscriptions.mail().port()).isEqualTo(587);
        assertThat(subscriptions.mail().password()).isEqualTo("pass word");
        assertThat(subscriptions.mail().toString()).doesNotContain("pass word");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '\u0001',
            textBlock =
                    """
                    webhook: W, severity: big                       | severity: "big" is none; choose from info, minor
                    webhook: W, jurisdiction: nowhere               | jurisdiction: "nowhere" is unknown; write
                    webhook: W, daily: "25:00", zone: UTC           | daily: "25:00" is no hour; write it in quotes
                    webhook: W, daily: "07:00"                      | field zone is missing or empty; write it
                    webhook: W, daily: "07:00", zone: Mars          | zone: "Mars" is unknown; write one like
                    webhook: W, zone: UTC                           | zone: belongs to daily; write
                    webhook: W, mail: a@example.org                 | has both webhook and mail; make two of it
                    severity: minor                                 | goes nowhere; write webhook: or mail:
                    webhook: W, colour: red                         | unknown field "colour"; the fields here are daily,
                    mail: a@example.org                             | goes by mail, and no server is named; write mail:
                    mail: "a@example.org, b@example.org"            | is not one address; write one
                    mail: "a@example.org\\r\\nBcc: b@example.org"   | is no address of e-mail; write one like
                    mail: nobody                                    | "nobody" is no address of e-mail; write one
                    webhook: {url: "http://a.example/", secret: {env: HOOK}} | without TLS; write https://
                    webhook: {url: "ftp://a.example/", secret: {env: HOOK}}  | is no https URL; write
                    webhook: {url: "https://u:p@a.example/", secret: {env: HOOK}} | without user or password
                    webhook: {url: "https://a.example/"}            | webhook.secret: is missing; write env: or file:
                    webhook: {url: "https://a.example/", secret: {env: NONE}}  | variable NONE is not set; set it
                    webhook: {url: "https://a.example/", secret: {env: BLANK}} | variable BLANK is not set; set it
                    webhook: {url: "https://a.example/", secret: {env: SHORT}} | is none; make one with: echo whsec_
                    webhook: {url: "https://a.example/", secret: {file: none}} | cannot read
                    webhook: {url: "https://a.example/", secret: {}}           | write one of env: and file:
                    """)
    void aMistakeIsToldInOneLineWithItsEntryAndWhatToDo(String entry, String told) {
        String yaml = "subscriptions:\n  - {id: newsroom, " + entry.replace("W", WEBHOOK) + "}\n";

        assertThatThrownBy(() -> read(yaml))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("subscriptions.yaml, subscription newsroom: ")
                .hasMessageContaining(told)
                .satisfies(e -> assertThat(e.getMessage()).hasLineCount(1).doesNotContain("MDEy"));
    }

    @Test
    void aSecretInTheFileItselfIsRefusedAndNotRepeated() {
        assertThatThrownBy(() -> read("subscriptions:\n  - id: newsroom\n    webhook:\n      url: https://a.example/\n"
                        + "      secret: " + SECRET + "\n"))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("a secret is no text here; write env: or file: and where it is")
                .hasNoCause()
                .satisfies(e -> assertThat(e.getMessage()).doesNotContain("MDEy"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    security: best   | security: "best" is none; choose from starttls, tls, none
                    port: 0          | port: 0 is none
                    user: me         | user and password belong together
                    unsubscribe: a b | unsubscribe: "a b" leads nowhere
                    """)
    void aMistakeInTheMailServerIsTold(String field, String told) {
        String yaml = "mail:\n  server: smtp.example.org\n  from: a@example.org\n"
                + (field.startsWith("unsubscribe") ? "" : "  unsubscribe: mailto:a@example.org\n") + "  " + field
                + "\nsubscriptions: []\n";

        assertThatThrownBy(() -> read(yaml)).hasMessageContaining(", mail: " + told);
    }

    @Test
    void anIdIsThereOnceAndAFileIsThere() {
        String twice = "subscriptions:\n  - {id: a, webhook: W}\n  - {id: a, webhook: W}\n".replace("W", WEBHOOK);

        assertThatThrownBy(() -> read(twice)).hasMessageContaining("subscription a: there are two with this id");
        assertThatThrownBy(() -> read("subscriptions:\n  - {id: No Id, webhook: W}\n".replace("W", WEBHOOK)))
                .hasMessageContaining("subscription number 1: needs an id");
        assertThatThrownBy(() -> read("subscriptions: [\n")).hasMessageContaining("line ");
        assertThatThrownBy(() -> Subscriptions.read(directory.resolve("none.yaml"), Map.of()))
                .hasMessageContaining("is not there; name a file of subscriptions with --subscriptions");
    }
}
