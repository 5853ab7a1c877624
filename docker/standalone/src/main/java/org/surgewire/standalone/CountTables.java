package org.surgewire.standalone;

import java.io.IOException;
import java.time.LocalDate;
import java.util.Collection;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVPrinter;
import org.jspecify.annotations.Nullable;
import org.surgewire.schemas.jurisdictions.Jurisdiction;
import org.surgewire.schemas.jurisdictions.Jurisdictions;
import org.surgewire.streams.counts.DailyCounts;
import org.surgewire.streams.counts.DayCount;
import org.surgewire.streams.coverage.Coverage;
import org.surgewire.streams.coverage.DaySet;
import org.surgewire.streams.query.KnownDays;

/** One series of counts as CSV: a row for each jurisdiction, or for each of its days. */
final class CountTables {
    private static final CSVFormat CSV =
            CSVFormat.RFC4180.builder().setRecordSeparator('\n').get();

    private final DailyCounts daily;
    private final Jurisdictions jurisdictions;

    CountTables(DailyCounts daily, Jurisdictions jurisdictions) {
        this.daily = daily;
        this.jurisdictions = jurisdictions;
    }

    /** All days added up, in the order of the given ids. */
    void totals(Collection<String> ids, Appendable out) throws IOException {
        var csv = new CSVPrinter(out, CSV);
        csv.printRecord(
                "jurisdiction_id", "name", "level", "announcements", "cases", "arrests_low", "arrests", "arrests_high");
        for (String id : ids) {
            Jurisdiction jurisdiction = jurisdictions.get(id);
            DayCount sum = DailyCounts.sum(LocalDate.EPOCH, daily.days(id));
            csv.printRecord(
                    id,
                    jurisdiction.name(),
                    jurisdiction.level(),
                    sum.announcements(),
                    sum.cases(),
                    sum.low(),
                    sum.arrests(),
                    sum.high());
        }
    }

    /**
     * Each day with a number, and each known day without one on which no source of the jurisdiction was read: its numbers
     * are empty, since they are unknown. A known day without a row is zero. In the order of the given ids and of days.
     *
     * @param known first and last known day; null when nothing has been read
     */
    void days(Collection<String> ids, Coverage coverage, @Nullable KnownDays known, Appendable out) throws IOException {
        var csv = new CSVPrinter(out, CSV);
        csv.printRecord(
                "jurisdiction_id",
                "name",
                "level",
                "date",
                "announcements",
                "cases",
                "arrests_low",
                "arrests",
                "arrests_high");
        for (String id : ids) {
            NavigableMap<LocalDate, @Nullable DayCount> days = new TreeMap<>();
            if (known != null) {
                DaySet read = coverage.of(id);
                known.first()
                        .datesUntil(known.last().plusDays(1))
                        .filter(day -> !read.holds(day))
                        .forEach(day -> days.put(day, null));
            }
            daily.days(id).forEach(day -> days.put(day.day(), day));
            Jurisdiction jurisdiction = jurisdictions.get(id);
            for (Map.Entry<LocalDate, @Nullable DayCount> each : days.entrySet()) {
                DayCount day = each.getValue();
                csv.printRecord(
                        id,
                        jurisdiction.name(),
                        jurisdiction.level(),
                        each.getKey(),
                        day == null ? null : day.announcements(),
                        day == null ? null : day.cases(),
                        day == null ? null : day.low(),
                        day == null ? null : day.arrests(),
                        day == null ? null : day.high());
            }
        }
    }
}
