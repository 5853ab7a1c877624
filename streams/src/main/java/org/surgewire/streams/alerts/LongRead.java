package org.surgewire.streams.alerts;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.surgewire.streams.coverage.DaySet;
import org.surgewire.streams.coverage.SourcesRead;

/**
 * Those of some sources that were read long enough for what they tell to be judged.
 *
 * @param sources their ids
 * @param days on which all of them were read
 */
record LongRead(Set<String> sources, DaySet days) {

    /**
     * The longest-read sources that share enough days, as far as a telling needs them.
     *
     * @param tellings each the sources that tell of one number
     * @param fewest days from {@code oldest} to {@code yesterday} that all must share
     * @return null where no source was read for so long
     */
    static @Nullable LongRead of(
            SourcesRead read, Collection<List<String>> tellings, LocalDate oldest, LocalDate yesterday, int fewest) {
        Set<String> judged = new HashSet<>();
        DaySet days = DaySet.NONE;
        for (String source : longestReadFirst(read, tellings, oldest, yesterday)) {
            boolean needed = tellings.stream()
                    .anyMatch(each -> each.contains(source) && each.stream().noneMatch(judged::contains));
            DaySet together = judged.isEmpty() ? read.of(source) : days.and(read.of(source));
            if (needed && together.count(oldest, yesterday) >= fewest) {
                judged.add(source);
                days = together;
            }
        }
        return judged.isEmpty() ? null : new LongRead(judged, days);
    }

    private static List<String> longestReadFirst(
            SourcesRead read, Collection<List<String>> tellings, LocalDate oldest, LocalDate yesterday) {
        Set<String> ids = new TreeSet<>();
        tellings.forEach(ids::addAll);
        List<String> sorted = new ArrayList<>(ids);
        if (sorted.size() > 1) {
            sorted.sort(Comparator.comparingLong((String id) -> read.of(id).count(oldest, yesterday))
                    .reversed());
        }
        return sorted;
    }

    /** Arrests that one of these sources tells of, of arrests by the sources that tell of them. */
    long arrests(Map<List<String>, Long> bySources) {
        long arrests = 0;
        for (Map.Entry<List<String>, Long> each : bySources.entrySet()) {
            arrests += each.getKey().stream().anyMatch(sources::contains) ? each.getValue() : 0;
        }
        return arrests;
    }
}
