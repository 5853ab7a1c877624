package org.surgewire.ingest.extract;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.surgewire.ingest.place.PlaceMention;
import org.surgewire.ingest.place.PlaceMention.NameType;
import org.surgewire.ingest.text.Document;
import org.surgewire.ingest.text.Phrases;
import org.surgewire.ingest.text.Sentence;
import org.surgewire.ingest.text.Tag;
import org.surgewire.schemas.jurisdictions.Jurisdiction;
import org.surgewire.schemas.jurisdictions.Jurisdictions;

/**
 * Tells at which of the named places arrests happened, which jurisdiction each is, and which figure belongs to it.
 *
 * <p>{@link PlaceRoles} decides for each name whether it is a place of arrest, {@link PlaceCounts} which figure stands for
 * it, {@link StateResolver} which of the jurisdictions of its name is meant, and {@link PlaceRows} which rows say the same.
 */
final class PlaceReader {
    private static final Phrases BEHIND_A_PLACE = Wording.of("behind-a-place");

    /** A row of the result before the figures of the whole release are known. */
    static final class Row {
        final PlaceMention mention;
        final String rule;

        @Nullable
        String state;

        @Nullable
        Jurisdiction jurisdiction;

        List<String> candidates = List.of();

        @Nullable
        NumberMention count;

        /** Whether the text states the figure for this place, and not for the release as a whole. */
        boolean attached;

        Row(PlaceMention mention, String rule) {
            this.mention = mention;
            this.rule = rule;
            this.state = mention.state();
        }
    }

    private final Document document;
    private final PlaceText text;
    private final List<PlaceMention> mentions;
    private final List<PlaceMention> publisherMentions;
    private final List<Claim> claims;
    private final Facts.Kind kind;
    private final @Nullable Claim total;
    private final PlaceCounts counts;
    private final PlaceRoles roles;
    private final StateResolver resolver;
    private final PlaceRows merging;

    PlaceReader(
            Document document,
            List<PlaceMention> mentions,
            List<NumberMention> numbers,
            List<Claim> claims,
            Jurisdictions jurisdictions,
            List<PlaceMention> publisherMentions,
            Facts.Kind kind,
            OtherDays otherDays,
            @Nullable Claim total) {
        this.document = document;
        this.mentions = mentions;
        this.publisherMentions = publisherMentions;
        this.claims = claims;
        this.kind = kind;
        this.total = total;
        this.text = new PlaceText(document, mentions, numbers, claims);
        this.counts = new PlaceCounts(text, total);
        boolean planned = kind == Facts.Kind.OPERATION_PLANNED;
        EventScene scene = new EventScene(text, kind, otherDays);
        this.roles = new PlaceRoles(text, counts, scene, planned);
        this.merging = new PlaceRows(text, total);
        this.resolver = new StateResolver(text, scene, jurisdictions, publisherMentions);
    }

    /** The places of arrest in the order of the text. */
    List<Row> rows() {
        List<Row> rows = new ArrayList<>();
        if (kind == Facts.Kind.PROSECUTION || (kind == Facts.Kind.STATISTICS && total == null)) {
            new DistrictReader(text, resolver, publisherMentions).districts(rows);
            return rows;
        }
        if (kind == Facts.Kind.OTHER || kind == Facts.Kind.REMOVAL || kind == Facts.Kind.POLICY_STATEMENT) {
            return rows;
        }
        for (int m = 0; m < mentions.size(); m++) {
            PlaceMention mention = mentions.get(m);
            NumberMention count = counts.count(m);
            count = count == null || counts.ofSites(count) || counts.goal(count) ? null : count;
            String rule = roles.role(m, count);
            if (rule != null) {
                Row row = new Row(mention, rule);
                row.count = count;
                row.attached = count != null;
                rows.add(row);
            }
        }
        boolean weak = rows.stream().allMatch(row -> row.rule.equals("place-of-event") && row.mention.state() == null);
        PlaceMention here = total == null ? null : here(total);
        PlaceMention meant = total == null || !rows.isEmpty() ? null : meant(total.sentence());
        if (here != null && total != null) {
            Row row = new Row(here, "place-here");
            row.count = total.number();
            rows.add(0, row);
        } else if (meant != null && total != null) {
            Row row = new Row(meant, "place-meant");
            row.count = total.number();
            rows.add(row);
        } else if (weak && (total != null || kind == Facts.Kind.ARREST_RESULTS)) {
            own(rows);
        }
        for (Row row : rows) {
            resolver.resolve(row);
        }
        resolver.majority(rows);
        PlaceRows.merge(rows);
        rows.removeIf(row -> merging.subsumed(row, rows) || merging.besideArea(row, rows));
        if (total != null) {
            merging.whole(rows, total);
        }
        return rows;
    }

    /**
     * Places that a release without arrests of its own is about: where those were arrested who are charged, and what a
     * statistic is of. None for other releases.
     */
    List<Row> about() {
        List<Row> rows = new ArrayList<>();
        boolean arrests = kind == Facts.Kind.PROSECUTION || (kind == Facts.Kind.STATISTICS && total == null);
        boolean statistic = (kind == Facts.Kind.STATISTICS && total == null)
                || kind == Facts.Kind.REMOVAL
                || kind == Facts.Kind.OTHER;
        if (!arrests && !statistic) {
            return rows;
        }
        for (int m = 0; m < mentions.size(); m++) {
            PlaceMention mention = mentions.get(m);
            if ((arrests && roles.role(m, null) != null) || (statistic && isMeasured(mention))) {
                Row row = new Row(mention, "place-about");
                resolver.resolve(row);
                rows.add(row);
            }
        }
        PlaceRows.merge(rows);
        rows.removeIf(row -> row.jurisdiction == null);
        return rows;
    }

    /**
     * "lodged 1,310 detainers with jails in Kansas", "Statistics for fiscal year 2025: South Carolina", and in a release
     * of another kind "removed 640 people from Pennsylvania, statistics show".
     */
    private boolean isMeasured(PlaceMention mention) {
        Sentence sentence = document.sentenceAt(mention.first());
        boolean wide = mention.type() == NameType.STATE || mention.type() == NameType.COUNTY;
        boolean told = sentence.headline() || (sentence.body() && !text.dateline(mention, sentence));
        boolean set = document.is(mention.first() - 1, "in")
                || document.is(mention.first() - 1, "across")
                || (document.is(mention.first() - 1, "from")
                        && document.any(sentence.first(), sentence.end(), Tag.REMOVED))
                || (sentence.headline() && document.is(mention.first() - 1, ":"));
        boolean called =
                kind == Facts.Kind.STATISTICS || document.any(sentence.first(), sentence.end(), Tag.STATISTICS);
        return wide && told && set && called && !mention.office();
    }

    /** The dateline's place when the sentence of the total says that it happened "here". */
    private @Nullable PlaceMention here(Claim total) {
        for (Sentence sentence : document.sentences()) {
            if (!sentence.body()) {
                continue;
            }
            boolean same = sentence.equals(total.sentence());
            boolean restates = false;
            for (Claim claim : claims) {
                restates |= claim.sentence().equals(sentence) && claim.value() == total.value();
            }
            if (!same && !restates) {
                continue;
            }
            for (int i = sentence.first(); i < sentence.end(); i++) {
                boolean action = document.in(i - 1, Tag.ACTION) || document.in(i - 1, Tag.ARREST_VERB);
                boolean town = document.is(i, "this") && document.is(i - 1, "in") && document.any(i, i + 7, Tag.TOWN);
                if ((document.is(i, "here") && action) || town) {
                    for (PlaceMention mention : mentions) {
                        if (text.dateline(mention, document.sentenceAt(mention.first()))
                                && mention.type() == NameType.CITY) {
                            return mention;
                        }
                    }
                }
            }
            return null;
        }
        return null;
    }

    /** "24 arrests in the county": the one named last, where no other of the kind was named before. */
    private @Nullable PlaceMention meant(Sentence told) {
        for (int i = told.first() + 2; i < told.end(); i++) {
            boolean county = document.is(i, "county") || document.is(i, "parish");
            boolean city = document.is(i, "city") || document.is(i, "town");
            boolean behind = document.is(i - 1, "the")
                    && (document.is(i - 2, "in") || document.is(i - 2, "across") || document.is(i - 2, "throughout"));
            boolean noun = i + 1 == told.end() || !document.token(i + 1).isWord() || BEHIND_A_PLACE.at(document, i + 1);
            if (!(county || city) || !behind || !noun) {
                continue;
            }
            NameType type = county ? NameType.COUNTY : NameType.CITY;
            int at = i;
            List<PlaceMention> before = mentions.stream()
                    .filter(mention -> mention.type() == type && mention.first() < at)
                    .toList();
            boolean one = before.stream()
                            .map(mention -> document.lower(mention.first()))
                            .distinct()
                            .count()
                    == 1;
            return one ? before.get(before.size() - 1) : null;
        }
        return null;
    }

    /** A sheriff's or police department's own action implies its county or city. */
    private void own(List<Row> rows) {
        for (PlaceMention mention : mentions) {
            boolean force = document.has(mention.end(), Tag.FORCE);
            boolean early = document.sentenceIndex(mention.first()) <= 3;
            if (force && early && (mention.type() == NameType.COUNTY || mention.type() == NameType.CITY)) {
                Row own = new Row(mention, "place-of-force");
                resolver.resolve(own);
                for (Row row : rows) {
                    resolver.resolve(row);
                    if (row.jurisdiction != null && own.state != null && own.state.equals(row.state)) {
                        return;
                    }
                }
                rows.clear();
                rows.add(new Row(mention, "place-of-force"));
                return;
            }
        }
        String state = resolver.documentState();
        if (state == null || !rows.isEmpty()) {
            return;
        }
        boolean statewide = statewide();
        for (PlaceMention mention : mentions) {
            Sentence sentence = document.sentenceAt(mention.first());
            if (mention.type() == NameType.STATE
                    && state.equals(mention.state())
                    && !text.dateline(mention, sentence)
                    && (sentence.headline()
                            || (document.is(mention.first() - 1, "of") && document.is(mention.first() - 2, "state"))
                            || (statewide && sentence.role() != Sentence.Role.FURNITURE))) {
                for (PlaceMention member : mentions) {
                    if (member.list() == mention.list() && member.type() == NameType.STATE) {
                        rows.add(new Row(member, "place-statewide"));
                    }
                }
                return;
            }
        }
    }

    private boolean statewide() {
        for (int i = 0; i < document.size(); i++) {
            if (document.is(i, "statewide")
                    || (document.is(i, "state")
                            && document.is(i - 1, "the")
                            && (document.is(i - 2, "across")
                                    || document.is(i - 2, "throughout")
                                    || document.is(i - 2, "around")))) {
                return true;
            }
        }
        return false;
    }
}
