package org.surgewire.ingest.extract;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.surgewire.ingest.place.PlaceFinder;
import org.surgewire.ingest.place.PlaceMention;
import org.surgewire.ingest.text.Document;
import org.surgewire.ingest.text.Lexicon;
import org.surgewire.ingest.text.Reader;
import org.surgewire.ingest.text.Sentence;
import org.surgewire.schemas.jurisdictions.Jurisdiction;
import org.surgewire.schemas.jurisdictions.Jurisdictions;

/**
 * Reads what an announcement states. Rules and vocabulary are in the data files beside this class; reading does no I/O,
 * and one instance serves any number of threads. Any text is accepted.
 */
public final class Extractor {
    private final Reader reader;
    private final NumberFinder numberFinder;
    private final PlaceFinder placeFinder;
    private final Jurisdictions jurisdictions;

    private Extractor(Jurisdictions jurisdictions) {
        Lexicon lexicon = new Lexicon();
        for (String file : new String[] {
            "numbers.txt", "verbs.txt", "nouns.txt", "cues.txt", "operations.txt", "dates.txt", "breakdown.txt"
        }) {
            lexicon.with(Extractor.class, file);
        }
        lexicon.with(PlaceFinder.class, "places.txt");
        this.reader = new Reader(lexicon);
        Map<String, Set<String>> notCounts = new HashMap<>();
        Lexicon.read(Extractor.class, "not-counts.txt", (section, line) -> notCounts
                .computeIfAbsent(section, key -> new HashSet<>())
                .add(line));
        this.numberFinder =
                new NumberFinder(notCounts.getOrDefault("AFTER", Set.of()), notCounts.getOrDefault("BEFORE", Set.of()));
        this.placeFinder = new PlaceFinder(jurisdictions);
        this.jurisdictions = jurisdictions;
    }

    /** The extractor with the rules, vocabulary and jurisdictions that ship with the product. */
    public static Extractor bundled() {
        return Bundled.INSTANCE;
    }

    /** What the announcement states. */
    public Facts extract(Announcement announcement) {
        Document document = reader.read(announcement.text());
        boolean[] taken = new boolean[document.size()];
        List<OperationReader.Mention> names = OperationReader.mentions(document);
        for (OperationReader.Mention name : names) {
            take(taken, name.first(), name.end());
        }
        List<PlaceMention> places = placeFinder.find(document, taken);
        List<DateMention> dates = DateFinder.find(document);
        for (DateMention date : dates) {
            take(taken, date.first(), date.end());
        }
        List<NumberMention> numbers = numberFinder.find(document, taken);
        ArrestReader arrestReader = new ArrestReader(document, numbers, dates);
        List<Claim> claims = arrestReader.claims();
        OperationReader.Mention own = OperationReader.own(document, names);
        Claim total = new TotalReader(document, claims, numbers, arrestReader.single()).total();
        KindReader kindReader = new KindReader(document, claims, total, own != null);
        Facts.Kind kind = kindReader.read();
        if (kind == Facts.Kind.OPERATION_PLANNED || kind == Facts.Kind.REMOVAL || kind == Facts.Kind.PROSECUTION) {
            total = null;
        }
        boolean cumulative = total != null && kindReader.cumulative(kind);
        PeriodReader.Candidate period =
                new PeriodReader(document, dates, numbers, claims, total, announcement.published(), kind).read();
        List<PlaceReader.Row> rows = new PlaceReader(
                        document, places, numbers, claims, jurisdictions, publisherPlaces(announcement.publisher()))
                .rows(kind, total);
        List<BreakdownReader.Found> shares = new BreakdownReader(
                        document,
                        numbers,
                        claims,
                        total,
                        total == null && (kind == Facts.Kind.PROSECUTION || kind == Facts.Kind.STATISTICS))
                .read();

        List<Facts.Place> facts = new ArrayList<>();
        Set<String> states = new LinkedHashSet<>();
        List<Facts.Place> ahead = new ArrayList<>();
        boolean noArrests =
                total == null && (kind == Facts.Kind.OPERATION_PLANNED || kind == Facts.Kind.OPERATION_ONGOING);
        for (PlaceReader.Row row : rows) {
            if (noArrests) {
                ahead.add(place(document, row));
                continue;
            }
            facts.add(place(document, row));
            if (row.state != null) {
                states.add(row.state);
            }
        }
        List<Facts.Share> breakdown = new ArrayList<>();
        for (BreakdownReader.Found share : shares) {
            breakdown.add(new Facts.Share(
                    share.category(),
                    Facts.Count.of(share.value(), share.number().qualifier()),
                    evidence(document, share.number().from(), share.number().nounEnd(), share.rule(), 0.8)));
        }
        List<Facts.Flag> flags = new ArrayList<>();
        if (document.truncated()) {
            flags.add(Facts.Flag.TRUNCATED);
        }
        Facts.Operation operation = own == null
                ? null
                : new Facts.Operation(
                        own.name(),
                        OperationReader.slug(own.name()),
                        Facts.Phase.CONCLUDED,
                        evidence(document, own.first(), own.end(), "operation-name", 0.9));
        Facts.Arrests arrests = total == null
                ? null
                : new Facts.Arrests(
                        Facts.Count.of(total.value(), total.number().qualifier()),
                        cumulative,
                        cumulative ? "operation" : null,
                        evidence(document, total.number().from(), total.number().nounEnd(), total.rule(), 0.9));
        return new Facts(
                announcement.id(),
                kind,
                operation,
                period == null
                        ? null
                        : new Facts.Period(
                                period.start(),
                                period.end(),
                                evidence(document, period.first(), period.last(), period.rule(), 0.8)),
                arrests,
                facts,
                ahead,
                new ArrayList<>(states),
                breakdown,
                List.of(),
                flags);
    }

    private List<PlaceMention> publisherPlaces(String publisher) {
        Document document = reader.read(publisher);
        return placeFinder.find(document, new boolean[document.size()]);
    }

    private Facts.Place place(Document document, PlaceReader.Row row) {
        Jurisdiction jurisdiction = row.jurisdiction;
        Facts.PlaceType type =
                switch (row.mention.type()) {
                    case CITY -> Facts.PlaceType.CITY;
                    case COUNTY -> Facts.PlaceType.COUNTY;
                    case STATE -> Facts.PlaceType.STATE;
                    case DISTRICT -> Facts.PlaceType.DISTRICT;
                    case AREA, COUNTRY -> Facts.PlaceType.AREA;
                };
        return new Facts.Place(
                row.mention.name(),
                type,
                row.state,
                jurisdiction == null ? null : jurisdictions.canonical(jurisdiction.id()),
                null,
                row.candidates,
                row.count == null ? null : Facts.Count.of(row.count.value(), row.count.qualifier()),
                row.confidence,
                evidence(document, row.mention.first(), row.mention.end(), row.rule, row.confidence));
    }

    private static Evidence evidence(Document document, int first, int end, String rule, double confidence) {
        Sentence sentence = document.sentenceAt(first);
        String clause = document.span(sentence.first(), sentence.end());
        String shortened = clause.length() > Evidence.LONGEST ? clause.substring(0, Evidence.LONGEST) : clause;
        return new Evidence(
                document.token(first).start(),
                document.token(Math.max(first, end - 1)).end(),
                shortened,
                rule,
                confidence);
    }

    private static void take(boolean[] taken, int first, int end) {
        for (int i = first; i < end && i < taken.length; i++) {
            taken[i] = true;
        }
    }

    private static final class Bundled {
        static final Extractor INSTANCE = new Extractor(Jurisdictions.bundled());
    }

    @Nullable
    Jurisdiction state(String code) {
        return placeFinder.state(code);
    }
}
