package org.surgewire.ingest.extract;

import java.util.List;
import org.surgewire.ingest.place.PlaceMention;
import org.surgewire.ingest.place.PlaceMention.NameType;
import org.surgewire.ingest.text.Document;

/** Finds the judicial districts of a release about charges. */
final class DistrictReader {
    private final Document document;
    private final PlaceText text;
    private final List<PlaceMention> mentions;
    private final List<PlaceMention> publisherMentions;
    private final StateResolver resolver;

    DistrictReader(PlaceText text, StateResolver resolver, List<PlaceMention> publisherMentions) {
        this.document = text.document();
        this.text = text;
        this.mentions = text.mentions();
        this.resolver = resolver;
        this.publisherMentions = publisherMentions;
    }

    /**
     * Judicial districts of a release about charges: those that are named, those that an enumeration behind "U.S.
     * Attorneys for" stands for, and without either the one of the state that the release of an attorney's office is about.
     */
    void districts(List<PlaceReader.Row> rows) {
        boolean attorney = false;
        for (PlaceMention mention : mentions) {
            if (text.dateline(mention, document.sentenceAt(mention.first()))) {
                continue;
            }
            if (mention.type() == NameType.DISTRICT) {
                rows.add(new PlaceReader.Row(mention, "district"));
            } else if (mention.state() != null
                    && (mention.type() == NameType.STATE || mention.type() == NameType.AREA)
                    && attorneysFor(mention)) {
                rows.add(new PlaceReader.Row(asDistrict(mention), "district-of-attorney"));
            }
        }
        for (int i = 0; i < document.size() && !attorney; i++) {
            attorney = (document.is(i, "attorney") && document.is(i + 1, "office")) || document.is(i, "prosecutors");
        }
        if (rows.isEmpty()) {
            for (PlaceMention mention : publisherMentions) {
                if (mention.type() == NameType.DISTRICT) {
                    rows.add(new PlaceReader.Row(mention, "district-of-publisher"));
                }
            }
        }
        String state = resolver.documentState();
        if (rows.isEmpty() && attorney && state != null) {
            for (PlaceMention mention : mentions) {
                if (mention.type() == NameType.STATE
                        && state.equals(mention.state())
                        && !text.dateline(mention, document.sentenceAt(mention.first()))) {
                    rows.add(new PlaceReader.Row(asDistrict(mention), "district-of-state"));
                    break;
                }
            }
        }
        PlaceRows.merge(rows);
    }

    private boolean attorneysFor(PlaceMention mention) {
        int first = mention.first();
        for (PlaceMention other : text.listOf(mention)) {
            if (other.list() == mention.list()) {
                first = Math.min(first, other.first());
            }
        }
        return document.is(first - 1, "for")
                && (document.is(first - 2, "attorneys") || document.is(first - 2, "attorney"));
    }

    /** The district that "Western Texas" or "Arizona" stands for among districts. */
    private PlaceMention asDistrict(PlaceMention mention) {
        String name = mention.name();
        int space = name.indexOf(' ');
        boolean part = mention.type() == NameType.AREA && space > 0;
        String district =
                part ? name.substring(0, space) + " District of " + name.substring(space + 1) : "District of " + name;
        return mention.asDistrict(district);
    }
}
