package org.surgewire.ingest.extract;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Shows at a glance what was read where: the text with each span in double brackets and its meaning behind it, then one
 * line for each fact with its rule and confidence, then what these rules mean.
 */
public final class Explain {
    private record Mark(int start, int end, String meaning, Evidence evidence) {}

    private Explain() {}

    /**
     * The text with its spans marked.
     *
     * @param text the announcement's text, as it was extracted from
     * @param facts what was extracted from it
     */
    public static String render(String text, Facts facts) {
        List<Mark> marks = marks(facts);
        StringBuilder out = new StringBuilder(text.length() + 1000);
        out.append(facts.id()).append(": ").append(facts.kind()).append(System.lineSeparator());
        int at = 0;
        List<Mark> ordered = new ArrayList<>(marks);
        ordered.sort(Comparator.comparingInt(Mark::start)
                .thenComparing(Comparator.comparingInt(Mark::end).reversed()));
        for (Mark mark : ordered) {
            if (mark.start() < at || mark.end() > text.length()) {
                continue;
            }
            out.append(text, at, mark.start())
                    .append("[[")
                    .append(text, mark.start(), mark.end())
                    .append(" = ")
                    .append(mark.meaning())
                    .append("]]");
            at = mark.end();
        }
        out.append(text, at, text.length()).append(System.lineSeparator());
        lines(marks, out);
        List<Mark> all = new ArrayList<>(marks);
        for (int i = 0; i < facts.events().size(); i++) {
            Facts event = facts.events().get(i);
            out.append("  event ")
                    .append(i + 1)
                    .append(": ")
                    .append(event.kind())
                    .append(System.lineSeparator());
            lines(marks(event), out);
            all.addAll(marks(event));
        }
        all.stream()
                .map(mark -> mark.evidence().rule())
                .distinct()
                .sorted()
                .forEach(rule -> out.append(String.format(Locale.ROOT, "  %-28s %s%n", rule, Rules.meaning(rule))));
        facts.flags().forEach(flag -> out.append("  flag: ").append(flag).append(System.lineSeparator()));
        return out.toString();
    }

    private static void lines(List<Mark> marks, StringBuilder out) {
        for (Mark mark : marks) {
            out.append(String.format(
                    Locale.ROOT,
                    "  %-44s %-28s %.2f  %d-%d%n",
                    mark.meaning(),
                    mark.evidence().rule(),
                    mark.evidence().confidence(),
                    mark.start(),
                    mark.end()));
        }
    }

    private static List<Mark> marks(Facts facts) {
        List<Mark> marks = new ArrayList<>();
        Facts.Arrests arrests = facts.arrests();
        if (arrests != null) {
            String running = arrests.cumulative() ? " to date, " + arrests.clock() : "";
            marks.add(mark("total " + count(arrests.count()) + running, arrests.evidence()));
        }
        Facts.Operation operation = facts.operation();
        if (operation != null) {
            marks.add(mark(operation.operationId() + " " + operation.phase(), operation.evidence()));
        }
        Facts.Period period = facts.period();
        if (period != null) {
            marks.add(mark("period " + day(period.start()) + ".." + day(period.end()), period.evidence()));
        }
        for (Facts.Place place : facts.places()) {
            marks.add(mark(place(place), place.evidence()));
        }
        for (Facts.Place place : facts.planned()) {
            marks.add(mark("planned " + place(place), place.evidence()));
        }
        for (Facts.Place place : facts.about()) {
            marks.add(mark("about " + place(place), place.evidence()));
        }
        for (Facts.Share share : facts.breakdown()) {
            marks.add(mark(share.category() + " " + count(share.count()), share.evidence()));
        }
        for (Facts.OtherNumber other : facts.others()) {
            marks.add(mark(other.kind() + " " + count(other.count()), other.evidence()));
        }
        return marks;
    }

    private static Mark mark(String meaning, Evidence evidence) {
        return new Mark(evidence.start(), evidence.end(), meaning, evidence);
    }

    private static String place(Facts.Place place) {
        String id = place.jurisdictionId();
        String where = id != null
                ? id.substring(id.lastIndexOf("country:us") + "country:us".length())
                : place.candidates().isEmpty() ? "area" : place.candidates().size() + " candidates";
        Facts.Count count = place.count();
        return place.type().name().toLowerCase(Locale.ROOT) + " " + where + (count == null ? "" : " " + count(count));
    }

    private static String count(Facts.Count count) {
        return (count.qualifier() == Qualifier.EXACT ? "" : count.qualifier() + " ") + count.best();
    }

    private static String day(java.time.@Nullable LocalDate day) {
        return day == null ? "" : day.toString();
    }
}
