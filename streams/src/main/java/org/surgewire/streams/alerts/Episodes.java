package org.surgewire.streams.alerts;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;

/** Groups alarm days into surges: two alarms belong to one surge when at most {@code quietDays} lie between them. */
final class Episodes {
    private Episodes() {}

    /** @param alarms in the order of days */
    static List<List<Alarm>> of(List<Alarm> alarms, int quietDays) {
        List<List<Alarm>> episodes = new ArrayList<>();
        LocalDate last = null;
        for (Alarm alarm : alarms) {
            if (last == null || alarm.getDay().isAfter(last.plusDays(quietDays))) {
                episodes.add(new ArrayList<>());
            }
            episodes.get(episodes.size() - 1).add(alarm);
            last = alarm.getDay();
        }
        return episodes;
    }
}
