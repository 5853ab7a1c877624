package org.surgewire.ingest.extract;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.surgewire.ingest.text.Document;
import org.surgewire.ingest.text.Lexicon;
import org.surgewire.ingest.text.Sentence;
import org.surgewire.ingest.text.Tag;

/**
 * Finds the parts of a release that may tell of an event of their own: the dated lines of a round-up, what is said to be
 * of a separate operation, and what is told of a second named one. Whether a part is an event is decided once it has
 * been read as a release of its own.
 */
final class EventReader {
    /** More parts than this are a table, whose lines are places or days of one event. */
    static final int MOST = 60;

    /** A line with a date and no more tokens than this is the heading of the lines below it. */
    private static final int HEADING = 8;

    /** How early in a sentence it says that it is about another event. */
    private static final int EARLY = 12;

    /**
     * A part of the text.
     *
     * @param start offset of its first UTF-16 unit
     * @param end offset behind its last unit
     * @param day the day that a line of a round-up tells; null for what is told beside the release's own event
     * @param list whether it is a line of a list, and not a sentence that begins with its day
     */
    record Part(int start, int end, @Nullable DateMention day, boolean list) {}

    private final Document document;
    private final Reading reading;
    private final Map<Integer, List<DateMention>> daysByLine = new HashMap<>();
    private final Map<Sentence, List<OperationReader.Mention>> namesBySentence = new HashMap<>();
    /** Sentences with a number of arrests of no other time and no larger area. */
    private final Set<Sentence> figures = new HashSet<>();
    /** Sentences with a number of arrests of an earlier time: that of another event, where they say that it was one. */
    private final Set<Sentence> earlierFigures = new HashSet<>();

    EventReader(Reading reading) {
        this.reading = reading;
        this.document = reading.document();
        for (DateMention date : reading.dates()) {
            if (date.from().day() > 0
                    || (date.from().weekday() > 0 && date.from().weekday() < DateMention.Part.TODAY)) {
                daysByLine
                        .computeIfAbsent(document.sentenceAt(date.first()).line(), line -> new ArrayList<>())
                        .add(date);
            }
        }
        for (OperationReader.Mention name : reading.names()) {
            namesBySentence
                    .computeIfAbsent(document.sentenceAt(name.first()), sentence -> new ArrayList<>())
                    .add(name);
        }
        for (Claim claim : reading.claims()) {
            if (claim.main() || claim.role() == Claim.Role.FURTHER) {
                figures.add(claim.sentence());
            } else if (claim.role() == Claim.Role.EARLIER) {
                earlierFigures.add(claim.sentence());
            }
        }
    }

    /** The parts in the order of the text; none for most releases. */
    List<Part> parts() {
        List<Part> parts = dated();
        return parts.size() >= 2 ? parts : beside();
    }

    // ---- round-ups

    private List<Part> dated() {
        List<List<Sentence>> lines = lines();
        List<Part> parts = new ArrayList<>();
        for (int n = 0; n < lines.size(); n++) {
            DateMention day = day(lines.get(n));
            if (day == null) {
                continue;
            }
            int last = n;
            boolean heading = tokens(lines.get(n)) <= HEADING
                    && !figures.contains(lines.get(n).get(0));
            if (heading) {
                while (last + 1 < lines.size() && day(lines.get(last + 1)) == null) {
                    last++;
                }
            }
            List<Sentence> end = lines.get(last);
            Sentence first = lines.get(n).get(0);
            boolean list = heading || first.bullet() || document.is(day.end(), ":") || document.is(day.end(), "-");
            parts.add(part(first.first(), end.get(end.size() - 1).end(), day, list));
        }
        return parts.size() > MOST ? List.of() : parts;
    }

    /** The lines behind the title. */
    private List<List<Sentence>> lines() {
        List<List<Sentence>> lines = new ArrayList<>();
        int line = 0;
        for (Sentence sentence : document.sentences()) {
            if (sentence.line() == 0 || sentence.role() == Sentence.Role.ASIDE) {
                continue;
            }
            if (sentence.line() != line) {
                lines.add(new ArrayList<>());
                line = sentence.line();
            }
            lines.get(lines.size() - 1).add(sentence);
        }
        return lines;
    }

    private static int tokens(List<Sentence> line) {
        return line.get(line.size() - 1).end() - line.get(0).first();
    }

    /**
     * The day that a line begins with ("Sept. 9, 2019: …", "- On Monday, …", "Operation Iron Gate, Sept. 9, 2019: …"),
     * or that an item of a list tells; null without.
     */
    private @Nullable DateMention day(List<Sentence> line) {
        Sentence first = line.get(0);
        int begin = first.first();
        while (begin < first.end() && (!document.token(begin).isWord() || document.is(begin, "on"))) {
            if (document.token(begin).number() >= 0) {
                break;
            }
            begin++;
        }
        int behindName = behindName(first, begin);
        for (DateMention date : daysByLine.getOrDefault(first.line(), List.of())) {
            boolean inItem = first.bullet() && first.first() < date.first() && date.first() < first.end();
            if (date.first() == begin || date.first() == behindName || inItem) {
                return date;
            }
        }
        return null;
    }

    /** Behind "Operation Iron Gate, " or "Operation Iron Gate (", where the name opens the line; else -1. */
    private int behindName(Sentence line, int begin) {
        for (OperationReader.Mention name : namesBySentence.getOrDefault(line, List.of())) {
            boolean set = document.is(name.end(), ",") || document.is(name.end(), "(") || document.is(name.end(), ":");
            if (name.first() <= begin + 1 && begin <= name.first() && set) {
                return name.end() + 1;
            }
        }
        return -1;
    }

    // ---- other operations

    /** Runs of sentences about another event, each up to the end of its line or to where the first is told of again. */
    private List<Part> beside() {
        Set<String> own = new HashSet<>();
        OperationReader.Mention named = reading.operation();
        Claim total = reading.total();
        // In a statistic an operation is one event of many, unless the number that the release is about is its own.
        boolean inReview = reading.kind() == Facts.Kind.STATISTICS
                && total != null
                && !namesBySentence.containsKey(total.sentence());
        if (named != null && !inReview) {
            own.add(OperationReader.slug(named.name()));
        }
        List<Part> parts = new ArrayList<>();
        List<Sentence> sentences = document.sentences();
        for (int s = 0; s < sentences.size(); s++) {
            Sentence sentence = sentences.get(s);
            String other = otherOperation(sentence, own);
            boolean separate =
                    isSeparate(sentence) && (figures.contains(sentence) || earlierFigures.contains(sentence));
            if (!sentence.body() || !(separate || (other != null && figures.contains(sentence)))) {
                continue;
            }
            int last = s;
            while (last + 1 < sentences.size() && goesOn(sentence, sentences.get(last + 1), own, other)) {
                last++;
            }
            parts.add(part(sentence.first(), sentences.get(last).end(), null, false));
            s = last;
        }
        return parts.size() > MOST ? List.of() : parts;
    }

    private boolean goesOn(Sentence from, Sentence next, Set<String> own, @Nullable String other) {
        if (!next.body() || next.line() != from.line() || isSeparate(next)) {
            return false;
        }
        for (OperationReader.Mention name : namesBySentence.getOrDefault(next, List.of())) {
            String slug = OperationReader.slug(name.name());
            if (own.contains(slug) || !slug.equals(other)) {
                return false;
            }
        }
        return true;
    }

    /** "In a separate operation, …", "A second operation …", "Separately, …". */
    private boolean isSeparate(Sentence sentence) {
        for (int i = sentence.first(); i < Math.min(sentence.end(), sentence.first() + EARLY); i++) {
            Lexicon.Hit hit = document.hit(i, Tag.SEPARATE);
            if (hit == null) {
                continue;
            }
            if (hit.value().equals("alone")) {
                return true;
            }
            int end = Math.min(sentence.end(), i + hit.length() + 4);
            for (int k = i + hit.length(); k < end; k++) {
                if (document.has(k, Tag.ACTION) && !document.in(k, Tag.ARREST_NOUN)) {
                    return true;
                }
                if (document.token(k).number() >= 0 && !document.has(k + 1, Tag.DURATION) && !document.is(k + 1, "-")) {
                    break;
                }
            }
        }
        return false;
    }

    /** The operation that a sentence tells figures of, where it is another than the release's and no part of that. */
    private @Nullable String otherOperation(Sentence sentence, Set<String> own) {
        if (own.isEmpty() && reading.kind() != Facts.Kind.STATISTICS) {
            return null;
        }
        String other = null;
        for (OperationReader.Mention name : namesBySentence.getOrDefault(sentence, List.of())) {
            String slug = OperationReader.slug(name.name());
            boolean related = own.stream().anyMatch(each -> each.startsWith(slug) || slug.startsWith(each + "-"));
            if (own.contains(slug) || related || OperationReader.background(document, name) || isPart(name)) {
                return null;
            }
            other = other == null ? slug : other;
        }
        return other;
    }

    /** "part of Operation X", "Operation X, a part of": one of the two lies in the other. */
    private boolean isPart(OperationReader.Mention name) {
        Sentence sentence = document.sentenceAt(name.first());
        for (int i = sentence.first(); i + 1 < sentence.end(); i++) {
            if ((document.is(i, "part") || document.is(i, "phase")) && document.is(i + 1, "of")) {
                return true;
            }
        }
        return false;
    }

    private Part part(int first, int end, @Nullable DateMention day, boolean list) {
        return new Part(document.token(first).start(), document.token(end - 1).end(), day, list);
    }
}
