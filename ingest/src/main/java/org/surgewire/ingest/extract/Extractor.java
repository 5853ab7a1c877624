package org.surgewire.ingest.extract;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
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
 * and one instance serves any number of threads. Any text is accepted; the cost grows linearly with its length up to
 * {@link Document#LONGEST}, where the text is cut and the facts are flagged.
 *
 * <p>A text becomes tokens and sentences, then mentions of operations, places, dates and numbers; of the numbers, those
 * that count arrests become claims with a role; total, kind, period, places and breakdown are chosen from these.
 */
public final class Extractor {
    /** So many places of the rest of a release are looked at for a part of it. */
    private static final int MOST_AROUND = 50;

    private final Reader reader;
    private final NumberFinder numberFinder;
    private final PlaceFinder placeFinder;
    private final Jurisdictions jurisdictions;
    private final Redactor redactor;
    private final Map<String, String> stateIds;

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
        this.redactor = new Redactor();
        this.stateIds = new HashMap<>();
        for (Jurisdiction jurisdiction : jurisdictions.all()) {
            if (Jurisdictions.COUNTRY.equals(jurisdiction.parentId())) {
                stateIds.put(jurisdiction.state(), jurisdiction.id());
            }
        }
    }

    /** The extractor with the rules, vocabulary and jurisdictions that ship with the product. */
    public static Extractor bundled() {
        return Bundled.INSTANCE;
    }

    /** What the announcement states. */
    public Facts extract(Announcement announcement) {
        Reading reading = read(announcement, publisherPlaces(announcement.publisher()), false);
        boolean[] keeps = keeps(reading);
        Facts facts = new FactsAssembler(reading, jurisdictions, stateIds, keeps, 0).facts(announcement.id());
        return facts.withEvents(new Events(this, jurisdictions, announcement, reading, facts, keeps).events());
    }

    /**
     * What a part of an announcement's text states, read as a release of its own.
     *
     * @param announcement the part
     * @param offset where in the whole text it begins
     * @param whole the whole announcement, whose places tell which state a town of the part is in
     * @param kept by offset in the whole text: what may leave in evidence
     */
    Facts extract(Announcement announcement, int offset, Reading whole, boolean[] kept) {
        List<PlaceMention> around = new ArrayList<>(publisherPlaces(announcement.publisher()));
        whole.places().stream()
                .filter(place -> place.type() != PlaceMention.NameType.DISTRICT)
                .limit(MOST_AROUND)
                .forEach(around::add);
        Reading reading = read(announcement, around, true);
        boolean[] keeps = keeps(reading);
        for (int i = 0; i < keeps.length; i++) {
            keeps[i] &= kept[offset + reading.document().token(i).start()];
        }
        return new FactsAssembler(reading, jurisdictions, stateIds, keeps, offset).facts(announcement.id());
    }

    /** The signs by which an announcement's kind is told, see {@link KindReader#signs}. */
    Set<String> kindSigns(Announcement announcement) {
        return read(announcement, publisherPlaces(announcement.publisher()), false)
                .kindSigns();
    }

    private boolean[] keeps(Reading reading) {
        Document document = reading.document();
        boolean[] known = new boolean[document.size()];
        for (OperationReader.Mention name : reading.names()) {
            mark(known, name.first(), name.end());
        }
        for (DateMention date : reading.dates()) {
            mark(known, date.first(), date.end());
        }
        for (PlaceReader.Row row : reading.rows()) {
            mark(known, row.mention.first(), row.mention.end());
        }
        return redactor.keeps(document, reading.places(), reading.numbers(), known);
    }

    /**
     * @param around places that the publisher or the rest of the release names
     * @param part whether it is a part of a release: what comes on top of the others is the part's own
     */
    private Reading read(Announcement announcement, List<PlaceMention> around, boolean part) {
        Document document = reader.read(announcement.text());
        boolean[] taken = new boolean[document.size()];
        List<OperationReader.Mention> names = OperationReader.mentions(document);
        for (OperationReader.Mention name : names) {
            mark(taken, name.first(), name.end());
        }
        List<PlaceMention> places = placeFinder.find(document, taken);
        List<DateMention> dates = DateFinder.find(document);
        for (DateMention date : dates) {
            mark(taken, date.first(), date.end());
        }
        List<NumberMention> numbers = numberFinder.find(document, taken);
        ArrestReader arrestReader = new ArrestReader(document, numbers, dates, announcement.published());
        List<Claim> claims = arrestReader.claims();
        if (part && claims.stream().noneMatch(Claim::main)) {
            claims = claims.stream()
                    .map(claim -> claim.role() == Claim.Role.FURTHER ? claim.withRole(Claim.Role.MAIN) : claim)
                    .toList();
        }
        OperationReader.Mention own = OperationReader.own(document, names, announcement.published());
        claims = withoutBackground(document, claims, names, own);
        Claim total = new TotalReader(document, claims, numbers, arrestReader.single()).total();
        KindReader kindReader = new KindReader(document, claims, total, own != null);
        Set<String> kindSigns = kindReader.signs();
        Facts.Kind kind = kindReader.read(kindSigns);
        if (kind == Facts.Kind.OPERATION_PLANNED
                || kind == Facts.Kind.REMOVAL
                || kind == Facts.Kind.PROSECUTION
                || kind == Facts.Kind.OTHER
                || kind == Facts.Kind.POLICY_STATEMENT) {
            total = null;
        }
        boolean cumulative = total != null && kindReader.cumulative(kind);
        PeriodReader periodReader =
                new PeriodReader(document, dates, numbers, claims, total, announcement.published(), kind);
        PeriodReader.Candidate period = periodReader.read();
        PlaceReader placeReader = new PlaceReader(
                document,
                places,
                numbers,
                claims,
                jurisdictions,
                around,
                kind,
                new OtherDays(document, dates, periodReader, period, announcement.published()),
                total);
        boolean prosecution = total == null && (kind == Facts.Kind.PROSECUTION || kind == Facts.Kind.STATISTICS);
        BreakdownReader.Result breakdown = new BreakdownReader(document, numbers, claims, total, prosecution).read();
        return new Reading(
                document,
                names,
                places,
                dates,
                numbers,
                claims,
                own,
                total,
                kind,
                kindSigns,
                cumulative,
                periodReader,
                period,
                placeReader.rows(),
                placeReader.about(),
                breakdown);
    }

    /** Figures in a sentence about an operation that the release only looks back at are of another period. */
    private static List<Claim> withoutBackground(
            Document document,
            List<Claim> claims,
            List<OperationReader.Mention> names,
            OperationReader.@Nullable Mention own) {
        Set<Sentence> background = new HashSet<>();
        for (OperationReader.Mention name : names) {
            boolean other = own == null || !OperationReader.slug(name.name()).equals(OperationReader.slug(own.name()));
            if (other && OperationReader.background(document, name)) {
                background.add(document.sentenceAt(name.first()));
            }
        }
        return claims.stream()
                .map(claim -> claim.main() && claim.sentence().body() && background.contains(claim.sentence())
                        ? claim.withRole(Claim.Role.EARLIER)
                        : claim)
                .toList();
    }

    private List<PlaceMention> publisherPlaces(String publisher) {
        Document document = reader.read(publisher);
        return placeFinder.find(document, new boolean[document.size()]);
    }

    /** A title without names of persons, see {@link Redaction#title}. */
    String redacted(String title) {
        Document document = reader.read(title);
        boolean[] taken = new boolean[document.size()];
        for (OperationReader.Mention name : OperationReader.mentions(document)) {
            mark(taken, name.first(), name.end());
        }
        List<PlaceMention> places = placeFinder.find(document, taken);
        List<NumberMention> numbers = numberFinder.find(document, taken);
        return Redactor.text(document, 0, document.size(), redactor.keeps(document, places, numbers, taken));
    }

    private static void mark(boolean[] tokens, int first, int end) {
        for (int i = first; i < end && i < tokens.length; i++) {
            tokens[i] = true;
        }
    }

    private static final class Bundled {
        static final Extractor INSTANCE = new Extractor(Jurisdictions.bundled());
    }
}
