package org.surgewire.streams.coverage;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.surgewire.schemas.SourceHealth;
import org.surgewire.schemas.jurisdictions.Jurisdiction;
import org.surgewire.schemas.jurisdictions.Jurisdictions;

/**
 * On which publication days something would be known of a jurisdiction, had it been announced: the days on which a source
 * was read that covers it. A source covers the jurisdiction of its publisher and all inside, a federal one the country.
 *
 * <p>A source that reports its health was read on the days that it reports. One that reports none comes from a file: it
 * counts as read from its first to its last release.
 */
public final class Coverage {
    private final Jurisdictions jurisdictions;
    private final Map<String, List<DaySet.Span>> byJurisdiction = new HashMap<>();
    private final Map<List<String>, DaySet> known = new HashMap<>();

    private Coverage(Jurisdictions jurisdictions) {
        this.jurisdictions = jurisdictions;
    }

    /**
     * What is known.
     *
     * @param reports of sources that report their health
     * @param sources what the announcements say of every source, by source id
     */
    public static Coverage of(
            Jurisdictions jurisdictions, Collection<SourceHealth> reports, Map<String, SourceDays> sources) {
        return of(jurisdictions, reports, sources, LocalDate.MAX);
    }

    /** What was known at the end of a day: no source had read a later one. */
    public static Coverage of(
            Jurisdictions jurisdictions,
            Collection<SourceHealth> reports,
            Map<String, SourceDays> sources,
            LocalDate today) {
        var coverage = new Coverage(jurisdictions);
        Map<String, SourceDays> files = new HashMap<>(sources);
        UnaryOperator<LocalDate> upToToday = day -> day.isAfter(today) ? today : day;
        for (SourceHealth report : reports) {
            files.remove(report.getSourceId());
            report.getRead()
                    .forEach(span -> coverage.add(
                            report.getJurisdictionId(),
                            new DaySet.Span(span.getFirst(), upToToday.apply(span.getLast()))));
        }
        files.values()
                .forEach(days -> coverage.add(
                        days.getJurisdictionId(),
                        new DaySet.Span(days.getFirstDay(), upToToday.apply(days.getLastDay()))));
        return coverage;
    }

    private void add(String jurisdictionId, DaySet.Span span) {
        byJurisdiction
                .computeIfAbsent(jurisdictions.canonical(jurisdictionId), id -> new ArrayList<>())
                .add(span);
    }

    /** The latest day on which any source was read; null when none was. */
    public @Nullable LocalDate last() {
        return byJurisdiction.values().stream()
                .flatMap(List::stream)
                .filter(span -> !span.last().isBefore(span.first()))
                .map(DaySet.Span::last)
                .max(Comparator.naturalOrder())
                .orElse(null);
    }

    /** The days on which a source of a jurisdiction itself was read, by jurisdiction id; they are known of its parts too. */
    public Map<String, List<DaySet.Span>> spans() {
        Map<String, List<DaySet.Span>> spans = new TreeMap<>();
        byJurisdiction.forEach((id, each) -> spans.put(id, DaySet.of(each).spans()));
        return spans;
    }

    /** The known days of a jurisdiction. */
    public DaySet of(String jurisdictionId) {
        // Most jurisdictions share their sources, so few different sets are made.
        List<String> covering = jurisdictions.lineage(jurisdictionId).stream()
                .map(Jurisdiction::id)
                .filter(byJurisdiction::containsKey)
                .toList();
        return known.computeIfAbsent(
                covering,
                ids -> DaySet.of(ids.stream()
                        .flatMap(id -> byJurisdiction.getOrDefault(id, List.of()).stream())
                        .toList()));
    }
}
