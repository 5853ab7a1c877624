package org.surgewire.ingest.extract;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.surgewire.ingest.place.PlaceMention;
import org.surgewire.ingest.place.PlaceMention.NameType;
import org.surgewire.ingest.text.Document;
import org.surgewire.ingest.text.Sentence;
import org.surgewire.ingest.text.Tag;
import org.surgewire.ingest.text.Token;

/** The names of places, numbers and claims of one text, and what stands beside what. */
final class PlaceText {
    private final Document document;
    private final List<PlaceMention> mentions;
    private final List<NumberMention> numbers;
    private final List<Claim> claims;
    private final Map<NumberMention, Claim> claimsByNumber = new HashMap<>();
    private final Map<Sentence, List<NumberMention>> numbersBySentence = new HashMap<>();
    private final Map<Sentence, List<PlaceMention>> placesBySentence = new HashMap<>();
    private final Map<Sentence, List<Claim>> claimsBySentence = new HashMap<>();
    private final Map<Integer, List<PlaceMention>> membersByList = new HashMap<>();

    PlaceText(Document document, List<PlaceMention> mentions, List<NumberMention> numbers, List<Claim> claims) {
        this.document = document;
        this.mentions = mentions;
        this.numbers = numbers;
        this.claims = claims;
        for (Claim claim : claims) {
            claimsByNumber.put(claim.number(), claim);
            claimsBySentence
                    .computeIfAbsent(claim.sentence(), key -> new ArrayList<>())
                    .add(claim);
        }
        for (NumberMention number : numbers) {
            numbersBySentence
                    .computeIfAbsent(document.sentenceAt(number.first()), key -> new ArrayList<>())
                    .add(number);
        }
        for (PlaceMention mention : mentions) {
            placesBySentence
                    .computeIfAbsent(document.sentenceAt(mention.first()), key -> new ArrayList<>())
                    .add(mention);
            membersByList
                    .computeIfAbsent(mention.list(), key -> new ArrayList<>())
                    .add(mention);
        }
    }

    Document document() {
        return document;
    }

    List<PlaceMention> mentions() {
        return mentions;
    }

    List<NumberMention> numbers() {
        return numbers;
    }

    List<Claim> claims() {
        return claims;
    }

    /** The claims of a sentence. */
    List<Claim> claimsIn(Sentence sentence) {
        return claimsBySentence.getOrDefault(sentence, List.of());
    }

    /** The places that a sentence names. */
    List<PlaceMention> placesIn(Sentence sentence) {
        return placesBySentence.getOrDefault(sentence, List.of());
    }

    /** The members of the enumeration that a mention stands in, itself included. */
    List<PlaceMention> listOf(PlaceMention mention) {
        return membersByList.getOrDefault(mention.list(), List.of());
    }

    int listEnd(PlaceMention mention) {
        int end = mention.end();
        for (PlaceMention other : listOf(mention)) {
            if (other.list() == mention.list()) {
                end = Math.max(end, other.end());
            }
        }
        return end;
    }

    int groupFirst(int m) {
        int first = m;
        while (first > 0 && mentions.get(first - 1).list() == mentions.get(m).list()) {
            first--;
        }
        return first;
    }

    /** The numbers of a sentence. */
    List<NumberMention> numbersIn(Sentence sentence) {
        return numbersBySentence.getOrDefault(sentence, List.of());
    }

    boolean placeBetween(int from, int to) {
        if (from >= document.size()) {
            return false;
        }
        for (PlaceMention other : placesIn(document.sentenceAt(from))) {
            if (other.first() >= from && other.first() < to && other.type() != NameType.COUNTRY) {
                return true;
            }
        }
        return false;
    }

    boolean numberBetween(int from, int to) {
        if (from >= document.size()) {
            return false;
        }
        for (NumberMention number : numbersIn(document.sentenceAt(from))) {
            if (number.first() >= from && number.first() < to && number.count()) {
                return true;
            }
        }
        return false;
    }

    @Nullable
    Claim claimOf(NumberMention number) {
        return claimsByNumber.get(number);
    }

    boolean contains(int from, int to, String word) {
        for (int i = from; i < to; i++) {
            if (document.is(i, word)) {
                return true;
            }
        }
        return false;
    }

    boolean arrests(Sentence sentence) {
        return document.any(sentence.first(), sentence.end(), Tag.ARREST_VERB)
                || document.any(sentence.first(), sentence.end(), Tag.ARREST_NOUN);
    }

    /** "arrested by ICE officers in Washoe County": who arrested stands between, and is no office there. */
    boolean arrestedBy(int agency) {
        for (int i = agency; i >= agency - 6; i--) {
            if (document.is(i, "by")) {
                return document.in(i - 1, Tag.ARREST_VERB) || document.in(i - 1, Tag.CUSTODY);
            }
        }
        return false;
    }

    boolean dateline(PlaceMention mention, Sentence sentence) {
        if (mention.first() - sentence.first() > 8 || sentence.bullet()) {
            return false;
        }
        for (int i = mention.end(); i < Math.min(sentence.end(), mention.end() + 12); i++) {
            Token token = document.token(i);
            boolean dash = token.is("–")
                    || (token.is("-")
                            && token.spaced()
                            && i + 1 < sentence.end()
                            && document.token(i + 1).spaced());
            if (dash || (document.is(i, ":") && document.is(i - 1, ")"))) {
                return capitals(sentence.first(), i);
            }
            if (token.isWord() && !token.capital()) {
                return false;
            }
        }
        return false;
    }

    private boolean capitals(int from, int to) {
        for (int i = from; i < to; i++) {
            Token token = document.token(i);
            if (token.isWord() && !token.capital() && !token.is("date")) {
                return false;
            }
        }
        return true;
    }
}
