package org.surgewire.ingest.extract;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.surgewire.ingest.extract.EventReader.Part;
import org.surgewire.ingest.text.Document;
import org.surgewire.ingest.text.Sentence;
import org.surgewire.ingest.text.Tag;
import org.surgewire.schemas.jurisdictions.Jurisdictions;

/**
 * The events of a release that tells of several. Each part that {@link EventReader} finds is read as a release of its own,
 * and what is left of the text as another one; a part without a number of arrests stays with the rest.
 *
 * <p>No arrest may be in two events, so the release's own total decides. One that is larger than the sum of the lines of a
 * round-up, and of a place around them, is that of one event with the lines as examples. One that is their sum stands for
 * nothing else and is left out; so is a title that tells the first of them. Any other total is that of an event beside
 * the parts.
 */
final class Events {
    /** A round-up looks back at most so far. */
    private static final int ROUND_UP_DAYS = 400;

    /** What is told in passing is of these days; anything before is background. */
    private static final int RECENT_DAYS = 100;

    /** Share of a hedged total by which the sum it rounds may differ from it. */
    private static final double ROUNDING = 0.15;

    private static final Set<Facts.Kind> KINDS =
            Set.of(Facts.Kind.ARREST_RESULTS, Facts.Kind.OPERATION_ONGOING, Facts.Kind.STATISTICS, Facts.Kind.OTHER);

    private final Extractor extractor;
    private final Jurisdictions jurisdictions;
    private final Announcement announcement;
    private final Reading reading;
    private final Facts whole;
    private final boolean[] kept;

    /**
     * @param reading of the whole announcement
     * @param whole facts of the whole announcement
     * @param keeps tokens of it that may leave in evidence
     */
    Events(
            Extractor extractor,
            Jurisdictions jurisdictions,
            Announcement announcement,
            Reading reading,
            Facts whole,
            boolean[] keeps) {
        this.extractor = extractor;
        this.jurisdictions = jurisdictions;
        this.announcement = announcement;
        this.reading = reading;
        this.whole = whole;
        Document document = reading.document();
        this.kept = new boolean[document.text().length()];
        for (int i = 0; i < keeps.length; i++) {
            kept[document.token(i).start()] = keeps[i];
        }
    }

    /** The events in the order of the text; empty for a release of one event. */
    List<Facts> events() {
        LocalDate published = announcement.published();
        if (published == null) {
            return List.of();
        }
        List<Part> parts = new ArrayList<>();
        List<Facts> events = new ArrayList<>();
        List<Part> found = new EventReader(reading).parts();
        Facts.Place common = commonPlace(found);
        for (Part part : found) {
            Facts event = read(part, common);
            if (event != null
                    && (part.day() == null ? isBeside(event, published) : isOfRoundUp(part, event, published))) {
                parts.add(part);
                events.add(event);
            }
        }
        if (parts.isEmpty()) {
            return List.of();
        }
        return parts.get(0).day() == null ? beside(parts, events) : roundUp(parts, together(events));
    }

    /**
     * Lines about the same place and days are one event: nothing but the persons, who are not told of here, keeps apart
     * what other releases say of them.
     */
    private static List<Facts> together(List<Facts> lines) {
        List<Facts> events = new ArrayList<>();
        for (Facts line : lines) {
            int same = 0;
            while (same < events.size() && !events.get(same).isOfOneEventWith(line)) {
                same++;
            }
            if (same < events.size()) {
                events.set(same, events.get(same).plus(line));
            } else {
                events.add(line);
            }
        }
        return events;
    }

    /** The one place of the release, where no line but the text around them names it; null when there is none. */
    private Facts.@Nullable Place commonPlace(List<Part> parts) {
        if (whole.places().size() != 1) {
            return null;
        }
        Facts.Place place = whole.places().get(0);
        int at = place.evidence().start();
        return parts.stream().anyMatch(part -> at >= part.start() && at < part.end()) ? null : place;
    }

    private @Nullable Facts read(Part part, Facts.@Nullable Place common) {
        String text = announcement.text().substring(part.start(), part.end());
        Facts facts = extractor.extract(announcement.with(text), part.start(), reading, kept);
        DateMention day = part.day();
        if (day == null) {
            return facts.arrests() == null ? null : facts;
        }
        LocalDate on = reading.periodReader().start(day);
        Facts.Period period = on == null || facts.arrests() == null
                ? null
                : new Facts.Period(on, on, facts.arrests().evidence());
        return facts.arrests() == null ? null : facts.orElse(whole.operation(), period, common);
    }

    // ---- which parts are events

    private boolean isOfRoundUp(Part part, Facts event, LocalDate published) {
        Facts.Period period = event.period();
        LocalDate start = period == null ? null : period.start();
        boolean single = best(event) < 2;
        boolean kind = KINDS.contains(reading.kind()) || (reading.kind() == Facts.Kind.SINGLE_ARREST && part.list());
        return kind
                && start != null
                && !start.isAfter(published)
                && !start.isBefore(published.minusDays(part.list() ? ROUND_UP_DAYS : RECENT_DAYS))
                && (part.list() || !single)
                && !isCumulative(event);
    }

    private boolean isBeside(Facts event, LocalDate published) {
        Facts.Period period = event.period();
        LocalDate end = period == null ? null : period.end();
        boolean recent = end == null || !end.isBefore(published.minusDays(RECENT_DAYS));
        boolean inReview = reading.kind() == Facts.Kind.STATISTICS && event.operation() != null;
        return KINDS.contains(reading.kind()) && (recent || inReview);
    }

    private static boolean isCumulative(Facts event) {
        Facts.Arrests arrests = event.arrests();
        return arrests != null && arrests.cumulative();
    }

    private static long best(Facts event) {
        Facts.Arrests arrests = event.arrests();
        return arrests == null ? 0 : arrests.count().best();
    }

    // ---- what the release's own total says

    private List<Facts> roundUp(List<Part> parts, List<Facts> events) {
        if (parts.size() < 2) {
            return List.of();
        }
        Facts rest = rest(parts, Set.of());
        Facts.Arrests total = rest.arrests();
        if (total == null) {
            return events;
        }
        long sum = events.stream().mapToLong(Events::best).sum();
        if (isSum(total, sum)) {
            return tellsOneAction() ? List.of() : withSum(events, total);
        }
        if (events.stream().anyMatch(event -> best(event) == total.count().best())) {
            return events;
        }
        if (isAround(rest, events)) {
            return List.of();
        }
        List<Facts> all = new ArrayList<>(List.of(rest));
        all.addAll(events);
        return all;
    }

    private List<Facts> beside(List<Part> parts, List<Facts> events) {
        Facts rest = rest(parts, Set.of());
        Facts.Arrests total = rest.arrests();
        long sum = events.stream().mapToLong(Events::best).sum();
        if (total == null) {
            if (rest.kind() != Facts.Kind.STATISTICS) {
                return events.size() > 1 ? events : List.of();
            }
        } else if (isSum(total, sum) && events.size() > 1) {
            return withSum(events, total);
        } else {
            Set<Sentence> sums = sentencesOf(total.count().best(), total.count().best() - sum, parts);
            if (!sums.isEmpty()) {
                List<Facts> all = new ArrayList<>(List.of(rest(parts, sums)));
                all.addAll(events);
                return withSum(all, total);
            }
        }
        List<Facts> all = new ArrayList<>(List.of(rest));
        all.addAll(events);
        return all;
    }

    /** The events, the first with the total that sums all: another release may state that alone. */
    private static List<Facts> withSum(List<Facts> events, Facts.Arrests total) {
        List<Facts> all = new ArrayList<>(events);
        all.set(
                0,
                all.get(0)
                        .withOther(new Facts.OtherNumber(
                                Facts.OtherKind.SUM_OF_EVENTS, total.count(), null, null, null, total.evidence())));
        return all;
    }

    /** Whether a total is the sum of the parts, or rounds it. */
    private static boolean isSum(Facts.Arrests total, long sum) {
        long best = total.count().best();
        boolean hedged = total.count().qualifier() != Qualifier.EXACT;
        return best == sum || (hedged && Math.abs(best - sum) <= ROUNDING * best);
    }

    /** Whether the sentence of the total calls what it sums one operation. */
    private boolean tellsOneAction() {
        Document document = reading.document();
        Claim total = reading.total();
        if (total == null) {
            return false;
        }
        for (int i = total.sentence().first(); i < total.sentence().end(); i++) {
            boolean action = document.has(i, Tag.ACTION) && !document.in(i, Tag.ARREST_NOUN);
            if (action && !document.lower(i).endsWith("s") && !document.is(i, "roundup") && !document.is(i, "round")) {
                return true;
            }
        }
        return false;
    }

    /** Whether every event lies in a place of the rest, as far as is known. */
    private boolean isAround(Facts rest, List<Facts> events) {
        Set<String> outer = places(rest);
        return outer.isEmpty()
                || events.stream().flatMap(event -> places(event).stream()).allMatch(id -> outer.stream()
                        .anyMatch(around -> jurisdictions.contains(around, id)));
    }

    private static Set<String> places(Facts facts) {
        Set<String> ids = new HashSet<>();
        for (Facts.Place place : facts.places()) {
            String id = place.jurisdictionId() == null ? place.containedIn() : place.jurisdictionId();
            if (id != null) {
                ids.add(id);
            }
        }
        return ids;
    }

    /** The sentences that tell a sum, where the rest of the text tells the other summand; else none. */
    private Set<Sentence> sentencesOf(long sum, long summand, List<Part> parts) {
        Set<Sentence> sentences = new HashSet<>();
        boolean told = false;
        for (Claim claim : reading.claims()) {
            int at = reading.document().token(claim.number().first()).start();
            boolean inPart = parts.stream().anyMatch(part -> at >= part.start() && at < part.end());
            if (claim.main() && !inPart && claim.value() == summand) {
                told = true;
            } else if (claim.value() == sum && !inPart) {
                sentences.add(claim.sentence());
            }
        }
        return told ? sentences : Set.of();
    }

    /** The text without the parts and sentences, read as a release of its own. */
    private Facts rest(List<Part> parts, Set<Sentence> sentences) {
        Document document = reading.document();
        StringBuilder text = new StringBuilder(announcement.text());
        parts.forEach(part -> blank(text, part.start(), part.end()));
        for (Sentence sentence : sentences) {
            blank(
                    text,
                    document.token(sentence.first()).start(),
                    document.token(sentence.end() - 1).end());
        }
        return extractor.extract(announcement.with(text.toString()), 0, reading, kept);
    }

    /** White space instead of what stood there, so that offsets stay those of the whole text. */
    private static void blank(StringBuilder text, int start, int end) {
        for (int i = start; i < end; i++) {
            if (text.charAt(i) != '\n') {
                text.setCharAt(i, ' ');
            }
        }
    }
}
