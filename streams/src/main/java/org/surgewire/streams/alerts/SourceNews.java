package org.surgewire.streams.alerts;

import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.surgewire.schemas.Alert;
import org.surgewire.schemas.SourceHealth;
import org.surgewire.schemas.jurisdictions.Jurisdiction;
import org.surgewire.schemas.jurisdictions.Jurisdictions;

/**
 * What is to be told of a source.
 *
 * <p>Silent: it has published nothing for longer than its rhythm explains, by its report or, where no further report
 * comes, by the clock. Over once it publishes again; cancelled when what it publishes fills the silence after all.
 *
 * <p>Stamped again: all its entries carry one date, or nearly all were updated or dated anew at once. None of these dates is counted by.
 * Over with the first reading that brings something new and finds no such date.
 */
final class SourceNews {
    /** What the ids begin with. */
    static final String ID = "source/";

    static final String SILENT = "SOURCE_SILENT";
    static final String RESTAMPED = "SOURCE_RESTAMPED";

    private static final Set<String> ONE_DATE = Set.of("CONSTANT_DATE", "CHANNEL_DATE");
    private static final Set<String> STAMPED = Set.of("MASS_UPDATED", "MASS_REDATED");

    /** Federal publishers date their releases in Washington. */
    private static final ZoneId ZONE = ZoneId.of("America/New_York");

    private final Jurisdictions jurisdictions;

    SourceNews(Jurisdictions jurisdictions) {
        this.jurisdictions = jurisdictions;
    }

    /** A version of an alert, without number. */
    record Told(Alert facts, String status) {}

    /**
     * What has changed.
     *
     * @param before the report that {@code now} replaces; {@code now} where only the clock moved
     * @param today the last day that the clock has reached; null before any announcement
     * @param open open alerts of the source
     */
    List<Told> of(@Nullable SourceHealth before, SourceHealth now, @Nullable LocalDate today, List<Alert> open) {
        List<Told> told = new ArrayList<>();
        silence(now, today, ofKind(open, SILENT), told);
        stamps(before, now, ofKind(open, RESTAMPED), told);
        return told;
    }

    private static @Nullable Alert ofKind(List<Alert> open, String kind) {
        return open.stream()
                .filter(alert -> alert.getKind().equals(kind))
                .findFirst()
                .orElse(null);
    }

    private void silence(SourceHealth now, @Nullable LocalDate today, @Nullable Alert open, List<Told> told) {
        List<LocalDate> published = now.getPublicationDays();
        if (open != null) {
            LocalDate next = published.stream()
                    .filter(day -> !day.isBefore(open.getFirstDay()))
                    .findFirst()
                    .orElse(null);
            if (next == null) {
                return;
            }
            told.add(
                    next.isBefore(open.getLastDay())
                            ? new Told(open, "CANCELLED")
                            : new Told(
                                    silent(now, open.getFirstDay(), next.minusDays(1), next.minusDays(1))
                                            .setAlertId(open.getAlertId())
                                            .setClosedDay(next)
                                            .build(),
                                    "CLOSED"));
        }
        LocalDate from = now.getSilentFrom();
        if (from == null || published.isEmpty()) {
            return;
        }
        if (now.getStatus().equals("SILENT") || (today != null && !today.isBefore(from))) {
            LocalDate first = published.get(published.size() - 1).plusDays(1);
            told.add(new Told(silent(now, first, from, null).build(), "OPENED"));
        }
    }

    private void stamps(@Nullable SourceHealth before, SourceHealth now, @Nullable Alert open, List<Told> told) {
        boolean one = now.getProblems().stream().anyMatch(ONE_DATE::contains);
        boolean stamped = one || now.getProblems().stream().anyMatch(STAMPED::contains);
        LocalDate day = LocalDate.ofInstant(now.getAt(), ZONE);
        if (stamped && open == null) {
            String reason = one
                    ? "Everything that %s lists has carried one date since %s: no such date is believed, and nothing is"
                            + " counted by it."
                    : "Nearly everything that %s lists was stamped with a new date at once, seen on %s: the stamp is"
                            + " passed over, and nothing is counted by it.";
            told.add(new Told(
                    alert(now, RESTAMPED, "restamped/", day, day)
                            .setReason(String.format(reason, name(now), AlertText.day(day)))
                            .build(),
                    "OPENED"));
        } else if (!stamped && open != null && before != null && now.getItems() > before.getItems()) {
            told.add(new Told(Alert.newBuilder(open).setClosedDay(day).build(), "CLOSED"));
        }
    }

    /** @param until the last day of a silence that is over; null while it lasts */
    private Alert.Builder silent(SourceHealth of, LocalDate first, LocalDate last, @Nullable LocalDate until) {
        String reason = until == null
                ? String.format(
                        "%s has published nothing since %s; its rhythm explains a break until %s. What happened since is"
                                + " unknown, and no lull.",
                        name(of), AlertText.day(first.minusDays(1)), AlertText.day(last.minusDays(1)))
                : String.format(
                        "%s published nothing from %s to %s, longer than its rhythm explains, and does again.",
                        name(of), AlertText.day(first), AlertText.day(until));
        return alert(of, SILENT, "silent/", first, last).setReason(reason);
    }

    private Alert.Builder alert(SourceHealth of, String kind, String what, LocalDate first, LocalDate last) {
        Jurisdiction covered =
                jurisdictions.find(of.getJurisdictionId()).orElseGet(() -> jurisdictions.get(Jurisdictions.COUNTRY));
        return Alert.newBuilder()
                .setAlertId(ID + what + first + "/" + of.getSourceId())
                .setVersion(0)
                .setStatus("")
                .setKind(kind)
                .setJurisdictionId(covered.id())
                .setJurisdictionName(AlertText.name(covered))
                .setSourceId(of.getSourceId())
                .setDetector("sourceHealth")
                .setFirstDay(first)
                .setLastDay(last)
                .setWindowDays((int) (last.toEpochDay() - first.toEpochDay() + 1))
                .setObserved(0)
                .setPeak(0)
                .setExpected(0)
                .setBound(0)
                .setScore(0)
                .setSeverity("INFO");
    }

    private static String name(SourceHealth of) {
        return of.getPublisher().isEmpty()
                ? "The source " + of.getSourceId()
                : of.getPublisher() + "'s source " + of.getSourceId();
    }
}
