package org.surgewire.streams.deliveries;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.surgewire.schemas.Delivery;
import org.surgewire.schemas.jurisdictions.Jurisdictions;
import org.surgewire.streams.alerts.AlertFilter;
import org.surgewire.streams.deliveries.Subscription.Daily;
import org.surgewire.streams.deliveries.Subscription.Webhook;
import org.surgewire.streams.feeds.Told;

class OutboxTest {
    private static final Instant NOW = Instant.parse("2020-10-01T12:00:00Z");
    private static final RetrySchedule SCHEDULE =
            new RetrySchedule(List.of(Duration.ofSeconds(10), Duration.ofSeconds(100)));
    private static final RetrySchedule LONG = RetrySchedule.usual();
    private static final AlertFilter ALL = new AlertFilter(null, null, "INFO");
    private static final AlertFilter MODERATE = new AlertFilter(null, null, "MODERATE");

    private static Outbox outbox(AlertFilter filter, Daily daily, RetrySchedule schedule) {
        var webhook = new Webhook(URI.create("https://receiver.example/"), List.of(new byte[32]), false);
        return new Outbox(
                new Subscription("desk", webhook, filter, daily), Jurisdictions.bundled(), schedule, new Random(1));
    }

    /** A subscription that began before there was any alert. */
    private static Outbox begun(AlertFilter filter) {
        Outbox outbox = outbox(filter, null, SCHEDULE);
        outbox.caughtUp(NOW);
        return outbox;
    }

    private static Dated alert(String id, int version, String status, String severity) {
        return new Dated(
                Told.alert(version, status).setAlertId(id).setSeverity(severity).build(), NOW);
    }

    private static Dated alert(String id, int version, String status) {
        return alert(id, version, status, "MINOR");
    }

    /** Delivers all there is; what was sent, as id and version. */
    private static List<String> drain(Outbox outbox, Instant now) {
        List<String> sent = new ArrayList<>();
        for (var next = outbox.next(now); next.isPresent(); next = outbox.next(now)) {
            next.get()
                    .alerts()
                    .forEach(each -> sent.add(each.id() + each.alert().getVersion()));
            outbox.after(next.get(), Outcome.delivered(), now);
        }
        return sent;
    }

    private static List<Delivery> failed(Outbox outbox, Outcome outcome, Instant now) {
        return outbox.after(outbox.next(now).orElseThrow(), outcome, now);
    }

    @Test
    void everyVersionIsToldOnceInOrder() {
        Outbox outbox = begun(ALL);
        outbox.offer(alert("a", 1, "OPENED"));
        outbox.offer(alert("b", 1, "OPENED"));
        outbox.offer(alert("a", 2, "UPDATED"));
        outbox.offer(alert("a", 2, "UPDATED"));

        assertThat(drain(outbox, NOW)).containsExactly("a1", "b1", "a2");
        outbox.offer(alert("a", 1, "OPENED"));
        outbox.offer(alert("a", 3, "CLOSED"));
        assertThat(drain(outbox, NOW)).containsExactly("a3");
    }

    @Test
    void aNewSubscriptionIsNotToldWhatWasThereBefore() {
        Outbox outbox = outbox(ALL, null, SCHEDULE);
        outbox.offer(alert("a", 1, "OPENED"));
        assertThat(outbox.next(NOW)).isEmpty();

        List<Delivery> stored = outbox.caughtUp(NOW);
        outbox.offer(alert("a", 1, "OPENED"));
        outbox.offer(alert("b", 1, "OPENED"));

        assertThat(stored).extracting(Delivery::getStatus).containsExactly("KNOWN", "ACTIVE");
        assertThat(drain(outbox, NOW)).containsExactly("b1");
        outbox.offer(alert("a", 2, "UPDATED"));
        assertThat(drain(outbox, NOW)).containsExactly("a2");
    }

    @Test
    void afterARestartOnlyWhatWasNotToldIsTold() {
        Outbox first = begun(ALL);
        List<Delivery> stored = new ArrayList<>(outbox(ALL, null, SCHEDULE).caughtUp(NOW));
        first.offer(alert("a", 1, "OPENED"));
        stored.addAll(first.after(first.next(NOW).orElseThrow(), Outcome.delivered(), NOW));

        Outbox second = outbox(ALL, null, SCHEDULE);
        stored.forEach(second::recall);
        second.offer(alert("a", 1, "OPENED"));
        second.offer(alert("a", 2, "UPDATED"));
        second.offer(alert("b", 1, "OPENED"));

        assertThat(second.next(NOW)).isEmpty();
        assertThat(second.caughtUp(NOW)).isEmpty();
        assertThat(drain(second, NOW)).containsExactly("a2", "b1");
    }

    @Test
    void anAlertThatReopenedIsNotEndedAgainByReadingItsHistory() {
        Outbox outbox = begun(ALL);
        List<Dated> history = List.of(alert("a", 1, "OPENED"), alert("a", 2, "CANCELLED"), alert("a", 3, "OPENED"));
        history.forEach(outbox::offer);
        assertThat(drain(outbox, NOW)).containsExactly("a1", "a2", "a3");

        outbox.catchUp();
        history.forEach(outbox::offer);
        outbox.caughtUp(NOW);

        assertThat(drain(outbox, NOW)).isEmpty();
    }

    @Test
    void anAlertThatEndsUnderALowerVersionAfterEverythingWasCountedAnewIsTold() {
        Outbox outbox = begun(ALL);
        outbox.offer(alert("a", 1, "OPENED"));
        outbox.offer(alert("a", 4, "UPDATED"));
        assertThat(drain(outbox, NOW)).containsExactly("a1", "a4");

        outbox.catchUp();
        outbox.offer(alert("a", 1, "OPENED"));
        outbox.offer(alert("a", 2, "CANCELLED"));
        outbox.caughtUp(NOW);
        assertThat(drain(outbox, NOW)).containsExactly("a2");

        outbox.offer(alert("a", 1, "OPENED"));
        outbox.offer(alert("a", 2, "CANCELLED"));
        assertThat(drain(outbox, NOW)).isEmpty();
    }

    @Test
    void whoHeardOfAnAlertHearsWhenItFallsBelowTheFilterOrIsTakenBack() {
        Outbox outbox = begun(MODERATE);
        outbox.offer(alert("a", 1, "OPENED", "MINOR"));
        outbox.offer(alert("a", 2, "UPDATED", "SEVERE"));
        outbox.offer(alert("a", 3, "UPDATED", "MINOR"));
        outbox.offer(alert("a", 4, "CANCELLED", "MINOR"));
        outbox.offer(alert("b", 1, "OPENED", "MINOR"));

        assertThat(drain(outbox, NOW)).containsExactly("a2", "a3", "a4");
    }

    @Test
    void whatWasTakenBackBeforeItWasToldIsNotTold() {
        Outbox outbox = begun(ALL);
        outbox.offer(alert("a", 2, "CANCELLED"));

        assertThat(drain(outbox, NOW)).isEmpty();
    }

    @Test
    void theFilterTakesAJurisdictionWithEverythingInItAndAnOperationByItsEvents() {
        var state = new AlertFilter("ocd-division/country:us/state:nc", null, "INFO");
        var other = new AlertFilter("ocd-division/country:us/state:ca", null, "INFO");
        var operation = new AlertFilter(null, "round-up", "INFO");
        var another = new AlertFilter(null, "rise", "INFO");

        for (AlertFilter takes : List.of(state, operation)) {
            Outbox outbox = begun(takes);
            outbox.offer(alert("a", 1, "OPENED"));
            assertThat(outbox.pending()).as("%s", takes).isOne();
        }
        for (AlertFilter leaves : List.of(other, another)) {
            Outbox outbox = begun(leaves);
            outbox.offer(alert("a", 1, "OPENED"));
            assertThat(outbox.pending()).as("%s", leaves).isZero();
        }
    }

    @Test
    void aFailureIsTriedAgainAfterItsWaitUnderTheSameId() {
        Outbox outbox = begun(ALL);
        outbox.offer(alert("a", 1, "OPENED"));
        String id = outbox.next(NOW).orElseThrow().id();

        Delivery state = failed(outbox, Outcome.failed("HTTP 500", null), NOW).get(0);

        assertThat(state.getStatus()).isEqualTo("RETRYING");
        assertThat(state.getNextAttempt()).isBetween(NOW.plusSeconds(8), NOW.plusSeconds(12));
        assertThat(outbox.next(NOW.plusSeconds(7))).isEmpty();
        assertThat(outbox.next(NOW.plusSeconds(12)).orElseThrow().id()).isEqualTo(id);
        assertThat(drain(outbox, NOW.plusSeconds(12))).containsExactly("a1");
        assertThat(outbox.status()).isEqualTo("ACTIVE");
    }

    @Test
    void waitsOutliveARestart() {
        Outbox first = begun(ALL);
        first.offer(alert("a", 1, "OPENED"));
        Delivery state =
                failed(first, Outcome.failed("away", Duration.ofHours(1)), NOW).get(0);

        Outbox second = outbox(ALL, null, SCHEDULE);
        second.recall(state);
        second.offer(alert("a", 1, "OPENED"));
        second.caughtUp(NOW.plusSeconds(1));

        assertThat(second.next(NOW.plusSeconds(3599))).isEmpty();
        assertThat(drain(second, NOW.plusSeconds(3600))).containsExactly("a1");
    }

    @Test
    void afterTheLastAttemptTheSubscriptionIsDisabledAndLosesNothing() {
        Outbox outbox = begun(ALL);
        outbox.offer(alert("a", 1, "OPENED"));
        failed(outbox, Outcome.failed("away", null), NOW);
        failed(outbox, Outcome.failed("away", null), NOW.plusSeconds(60));
        Delivery last = failed(outbox, Outcome.failed("away", null), NOW.plusSeconds(600))
                .get(0);

        assertThat(last.getStatus()).isEqualTo("DISABLED");
        assertThat(last.getDetail()).startsWith("failed 3 times since " + NOW).endsWith("away");
        assertThat(outbox.next(NOW.plus(Duration.ofDays(9)))).isEmpty();

        outbox.enable(Delivery.newBuilder()
                .setSubscriptionId("desk")
                .setStatus("ENABLED")
                .setAt(NOW)
                .build());
        assertThat(drain(outbox, NOW)).containsExactly("a1");
    }

    @Test
    void aReceiverThatIsGoneIsDisabledAtOnce() {
        Outbox outbox = begun(ALL);
        outbox.offer(alert("a", 1, "OPENED"));

        assertThat(failed(outbox, Outcome.gone("HTTP 410"), NOW))
                .extracting(Delivery::getStatus)
                .containsExactly("DISABLED");
        assertThat(outbox.status()).isEqualTo("DISABLED");
    }

    @Test
    void aRefusedMessageIsPassedOverAndAReceiverThatRefusesAllIsDisabled() {
        Outbox outbox = outbox(ALL, null, LONG);
        outbox.caughtUp(NOW);
        for (String id : List.of("a", "b", "c", "d")) {
            outbox.offer(alert(id, 1, "OPENED"));
        }
        List<Delivery> stored = new ArrayList<>();
        Instant now = NOW;
        while (!outbox.status().equals("DISABLED")) {
            now = now.plus(Duration.ofDays(1));
            stored.addAll(failed(outbox, Outcome.refused("HTTP 422"), now));
        }

        assertThat(stored)
                .filteredOn(each -> each.getStatus().equals("REFUSED"))
                .extracting(Delivery::getAlertId)
                .containsExactly("a", "b");
        assertThat(stored).hasSize(3 * Outbox.MOST_REFUSALS + 2);
        assertThat(outbox.pending()).isEqualTo(2);
    }

    @Test
    void aDailySubscriptionIsToldAtItsHourOfWhatStandsThen() {
        var daily = new Daily(LocalTime.of(7, 0), ZoneId.of("America/New_York"));
        Outbox outbox = outbox(ALL, daily, SCHEDULE);
        outbox.caughtUp(NOW);
        Instant hour = Instant.parse("2020-10-02T11:00:00Z");
        outbox.offer(alert("a", 1, "OPENED"));
        outbox.offer(alert("b", 1, "OPENED"));
        outbox.offer(alert("a", 2, "UPDATED"));
        outbox.offer(alert("b", 2, "CANCELLED"));
        outbox.offer(alert("c", 1, "OPENED"));

        assertThat(outbox.next(hour.minusMillis(1))).isEmpty();
        Message digest = outbox.next(hour).orElseThrow();
        assertThat(digest.isDigest()).isTrue();
        List<Delivery> stored = outbox.after(digest, Outcome.delivered(), hour.plusSeconds(1));
        assertThat(stored).extracting(Delivery::getAlertId).containsExactly("a", "c", null);
        assertThat(stored).extracting(Delivery::getVersion).containsExactly(2, 1, 0);
        assertThat(outbox.pending()).isZero();

        Outbox second = outbox(ALL, daily, SCHEDULE);
        stored.forEach(second::recall);
        second.offer(alert("a", 2, "UPDATED"));
        second.offer(alert("d", 1, "OPENED"));
        second.caughtUp(hour.plusSeconds(60));
        assertThat(second.next(hour.plusSeconds(3600))).isEmpty();
        assertThat(drain(second, hour.plus(Duration.ofDays(1)))).containsExactly("d1");
    }

    @Test
    void aDayWithoutAlertsIsNoDigestButIsOver() {
        var daily = new Daily(LocalTime.of(7, 0), ZoneId.of("UTC"));
        Outbox outbox = outbox(ALL, daily, SCHEDULE);
        outbox.caughtUp(NOW);
        Instant hour = Instant.parse("2020-10-02T07:00:00Z");

        Message empty = outbox.next(hour).orElseThrow();
        assertThat(empty.alerts()).isEmpty();
        outbox.after(empty, Outcome.delivered(), hour);
        outbox.offer(alert("a", 1, "OPENED"));
        assertThat(outbox.next(hour.plusSeconds(60))).isEmpty();
    }

    @Test
    void aLargeDigestIsSentInParts() {
        var daily = new Daily(LocalTime.of(7, 0), ZoneId.of("UTC"));
        Outbox outbox = outbox(ALL, daily, SCHEDULE);
        outbox.caughtUp(NOW);
        for (int i = 0; i < 450; i++) {
            outbox.offer(alert("a" + i, 1, "OPENED"));
        }
        assertThat(drain(outbox, NOW.plus(Duration.ofDays(1)))).hasSize(450).doesNotHaveDuplicates();
    }

    @Test
    void waitsGrowAndAReceiverMayAskForMoreButNotForMoreThanADay() {
        var random = new Random(7);
        Duration total = RetrySchedule.usual().waits().stream().reduce(Duration.ZERO, Duration::plus);

        assertThat(total).isBetween(Duration.ofDays(2), Duration.ofDays(4));
        assertThat(LONG.after(1, null, random).orElseThrow()).isBetween(Duration.ofSeconds(4), Duration.ofSeconds(6));
        assertThat(LONG.after(1, Duration.ofMinutes(3), random)).contains(Duration.ofMinutes(3));
        assertThat(LONG.after(1, Duration.ofDays(30), random)).contains(Duration.ofDays(1));
        assertThat(LONG.after(12, null, random)).isEmpty();
    }
}
