package org.surgewire.standalone;

import java.io.IOException;
import java.time.LocalDate;
import java.util.Collection;
import java.util.List;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVPrinter;
import org.surgewire.schemas.jurisdictions.Jurisdiction;
import org.surgewire.schemas.jurisdictions.Jurisdictions;
import org.surgewire.streams.counts.DailyCounts;
import org.surgewire.streams.counts.DayCount;

/** Counts as CSV: a row for each jurisdiction, or for each of its publication days. */
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

    /** Each day with an announcement, in the order of the given ids and of days. */
    void days(Collection<String> ids, Appendable out) throws IOException {
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
            Jurisdiction jurisdiction = jurisdictions.get(id);
            List<DayCount> days = daily.days(id);
            for (DayCount day : days) {
                csv.printRecord(
                        id,
                        jurisdiction.name(),
                        jurisdiction.level(),
                        day.day(),
                        day.announcements(),
                        day.cases(),
                        day.low(),
                        day.arrests(),
                        day.high());
            }
        }
    }
}
