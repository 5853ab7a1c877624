package org.surgewire.streams.alerts;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Groups alarm days into surges. A surge begins with a day that opens an alert; any later alarm belongs to it when at most
 * {@code quietDays} lie between it and the one before. The lower bar for the later ones keeps an alert from closing and
 * opening again while a surge ebbs away.
 */
final class Episodes {
    private Episodes() {}

    /** @param alarms in the order of days */
    static List<List<Alarm>> of(List<Alarm> alarms, int quietDays) {
        List<List<Alarm>> episodes = new ArrayList<>();
        List<Alarm> current = List.of();
        for (Alarm alarm : alarms) {
            LocalDate last =
                    current.isEmpty() ? null : current.get(current.size() - 1).getDay();
            if (continues(last, alarm, quietDays)) {
                current.add(alarm);
            } else if (alarm.getOpens()) {
                current = new ArrayList<>(List.of(alarm));
                episodes.add(current);
            }
        }
        return episodes;
    }

    private static boolean continues(@Nullable LocalDate last, Alarm alarm, int quietDays) {
        return last != null && !alarm.getDay().isAfter(last.plusDays(quietDays));
    }
}
