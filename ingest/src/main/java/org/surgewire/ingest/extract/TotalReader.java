package org.surgewire.ingest.extract;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.surgewire.ingest.text.Document;
import org.surgewire.ingest.text.Sentence;
import org.surgewire.ingest.text.Tag;

/**
 * Chooses the release's own total among the claims. The headline's figure leads; an exact figure in the body that the
 * headline rounds beats it; without a headline figure the first main claim of the body leads.
 */
final class TotalReader {
    /** An "at least" figure of a headline is a rounding of a body figure at most this many times as large. */
    private static final double ROUNDING = 1.35;

    /** A round figure differs from the exact one by at most this share. */
    private static final double ROUNDED_BY = 0.12;

    private static final int SMALL = 3;

    private final Document document;
    private final List<Claim> claims;
    private final List<NumberMention> numbers;
    private final @Nullable Claim single;

    /** @param single the one arrest that the headline tells without a number; null when it tells none */
    TotalReader(Document document, List<Claim> claims, List<NumberMention> numbers, @Nullable Claim single) {
        this.document = document;
        this.claims = claims;
        this.numbers = numbers;
        this.single = single;
    }

    @Nullable
    Claim total() {
        Claim chosen = chosen();
        return chosen == null ? null : hedged(all(whole(arrestsBesideApprehensions(chosen))));
    }

    /** "524,800 apprehensions and 48,200 arrests": where one sentence counts both, the arrests are meant. */
    private Claim arrestsBesideApprehensions(Claim chosen) {
        if (!document.is(chosen.number().nounEnd() - 1, "apprehensions")) {
            return chosen;
        }
        for (Claim claim : claims) {
            if (claim.sentence().equals(chosen.sentence())
                    && document.is(claim.number().nounEnd() - 1, "arrests")) {
                return claim;
            }
        }
        return chosen;
    }

    /**
     * "21 in Colorado and five in Wyoming … all 26", "of the 26 in the two states": the figure that says it is the whole and
     * adds up beats a part.
     */
    private Claim whole(Claim chosen) {
        for (Claim claim : claims) {
            boolean all = claim.main() && saysAll(claim);
            boolean ofAll = (claim.main() || claim.role() == Claim.Role.WIDER)
                    && (claim.rule().equals(ArrestReader.FOR_A_TOTAL)
                            || document.is(claim.sentence().first(), "of"));
            boolean titled = claim.main() && chosen.sentence().headline() && claim.value() == headlineSum();
            if (titled && claim.sentence().body() && claim.value() > chosen.value()) {
                return claim;
            }
            if (!(all || ofAll) || !claim.sentence().body() || claim.value() <= chosen.value()) {
                continue;
            }
            for (NumberMention part : numbers) {
                if (part.personal()
                        && placed(part, document.sentenceAt(part.first()).end())
                        && part.value() == claim.value() - chosen.value()
                        && document.sentenceAt(part.first()).body()) {
                    return claim;
                }
            }
        }
        return chosen;
    }

    /** "38 people were arrested … The next day 27 … All 65 were checked by medics": a figure of all that adds up the parts. */
    private Claim all(Claim chosen) {
        if (chosen.sentence().headline()) {
            return chosen;
        }
        List<Claim> parts = claims.stream()
                .filter(claim -> claim.sentence().body() && claim.main())
                .toList();
        long sum = parts.stream().mapToLong(Claim::value).distinct().sum();
        for (NumberMention number : numbers) {
            if (parts.size() >= 2
                    && number.personal()
                    && number.value() == sum
                    && number.value() > chosen.value()
                    && document.is(number.from() - 1, "all")) {
                return new Claim(
                        number, document.sentenceAt(number.first()), "all-of-the-parts", Claim.Role.MAIN, false, null);
            }
        }
        return chosen;
    }

    /** "22 arrests in Connecticut, 6 in Rhode Island": the figures of a headline added up; 0 for less than two. */
    private long headlineSum() {
        long sum = 0;
        int parts = 0;
        for (NumberMention number : numbers) {
            Sentence sentence = document.sentenceAt(number.first());
            if (sentence.headline() && number.personal() && placed(number, sentence.end())) {
                sum += number.value();
                parts++;
            }
        }
        return parts < 2 ? 0 : sum;
    }

    /** "In total, there were 539 arrests". */
    private boolean saysTotal(Claim claim) {
        int first = claim.sentence().first();
        return document.is(first, "in")
                && (document.is(first + 1, "total") || document.is(first + 1, "all"))
                && claim.number().from() - first < 8;
    }

    private boolean saysAll(Claim claim) {
        for (int i = Math.max(claim.sentence().first(), claim.number().from() - 4);
                i < claim.number().from();
                i++) {
            if (document.is(i, "all") || document.is(i, "total")) {
                return true;
            }
        }
        return false;
    }

    /** A bare figure that the text hedges more often than not is meant as hedged. */
    private Claim hedged(Claim chosen) {
        if (chosen.number().qualifier() != Qualifier.EXACT) {
            return chosen;
        }
        int exact = 0;
        int hedges = 0;
        Claim hedge = null;
        for (Claim claim : claims) {
            if (claim.value() == chosen.value() && claim.sentence().body() && claim.main()) {
                if (claim.number().qualifier() == Qualifier.EXACT) {
                    // "of the 26" only takes the figure up again.
                    exact += document.is(claim.number().from() - 1, "the") ? 0 : 1;
                } else {
                    hedges++;
                    hedge = hedge == null ? claim : hedge;
                }
            }
        }
        return hedge != null && hedges > exact ? hedge : chosen;
    }

    private @Nullable Claim chosen() {
        Claim headline = headline();
        Claim body = body();
        if (headline == null && single != null) {
            return single;
        }
        if (headline == null) {
            Claim wider = wider();
            boolean national = body != null
                    && wider != null
                    && wider.value() > body.value()
                    && wider.number().first() < body.number().first()
                    && !localHeadline();
            return body == null || national ? wider : exact(body, false);
        }
        return exact(headline, true);
    }

    private @Nullable Claim headline() {
        Claim wider = null;
        for (Claim claim : claims) {
            if (!claim.sentence().headline()) {
                continue;
            }
            if (claim.main()) {
                return claim;
            }
            if ((claim.role() == Claim.Role.WIDER || claim.role() == Claim.Role.EARLIER)
                    && wider == null
                    && !claim.rule().equals("ordinal-arrest")) {
                wider = claim;
            }
        }
        return wider;
    }

    private @Nullable Claim body() {
        Claim first = firstInBody();
        for (Claim claim : claims) {
            boolean total = claim.sentence().body() && claim.main() && saysTotal(claim);
            if (total
                    && first != null
                    && claim.value() > first.value()
                    && !claim.toDate()
                    && !claim.sentence().bullet()
                    && first.value() > SMALL) {
                return claim;
            }
        }
        if (first != null && first.value() <= SMALL) {
            // A small figure at the top is an episode when the next sentences count many more.
            for (Claim claim : claims) {
                if (claim.sentence().body()
                        && claim.main()
                        && claim.value() > 3 * first.value()
                        && document.sentenceIndex(claim.number().first())
                                <= document.sentenceIndex(first.number().first()) + 3) {
                    return claim;
                }
            }
        }
        if (first != null && placed(first)) {
            for (Claim claim : claims) {
                if (claim.sentence().body()
                        && claim.main()
                        && !claim.sentence().bullet()
                        && !claim.toDate()
                        && claim.value() > first.value() * ROUNDING
                        && document.sentenceIndex(claim.number().first())
                                <= document.sentenceIndex(first.number().first()) + 2) {
                    return claim;
                }
            }
        }
        return first;
    }

    /** Whether a figure is stated for one place ("Nineteen arrests were made in King County"). */
    private boolean placed(Claim claim) {
        return placed(claim.number(), claim.sentence().end());
    }

    private boolean placed(NumberMention number, int sentenceEnd) {
        int end = number.nounEnd();
        for (int i = end; i < Math.min(sentenceEnd - 1, end + 4); i++) {
            if (document.is(i, "in") && (document.token(i + 1).capital() || document.is(i + 1, "the"))) {
                return true;
            }
        }
        return false;
    }

    private @Nullable Claim firstInBody() {
        for (Claim claim : claims) {
            if (claim.sentence().body() && claim.main() && !claim.sentence().bullet()) {
                return claim;
            }
        }
        for (Claim claim : claims) {
            if (claim.sentence().body() && claim.main()) {
                return claim;
            }
        }
        return null;
    }

    /** Whether a headline names a place behind "in": the release is about that place. */
    private boolean localHeadline() {
        for (Claim claim : claims) {
            if (claim.sentence().headline()) {
                return true;
            }
        }
        for (int i = 0; i + 1 < document.size() && document.sentenceAt(i).headline(); i++) {
            if (document.is(i, "in") && document.token(i + 1).capital() && !document.has(i + 1, Tag.OPERATION)) {
                return true;
            }
        }
        return false;
    }

    private @Nullable Claim wider() {
        for (Claim claim : claims) {
            if (claim.role() == Claim.Role.WIDER) {
                return claim;
            }
        }
        return null;
    }

    /** The exact claim that {@code rounded} rounds; {@code rounded} itself when there is none. */
    private Claim exact(Claim rounded, boolean headline) {
        boolean hedged = rounded.number().qualifier() != Qualifier.EXACT;
        boolean round = rounded.value() >= 100 && rounded.value() % 10 == 0;
        Claim better = null;
        for (Claim claim : claims) {
            if (claim.equals(rounded)
                    || !(claim.main() || claim.role() == Claim.Role.WIDER || claim.role() == rounded.role())
                    || claim.sentence().bullet()
                    || claim.number().qualifier() != Qualifier.EXACT) {
                continue;
            }
            if (rounds(rounded, claim.value(), hedged, round)) {
                better = claim;
                break;
            }
        }
        if (better == null && hedged) {
            for (Claim claim : claims) {
                if (claim.main()
                        && claim.sentence().body()
                        && headline
                        && claim.value() % 10 != 0
                        && rounds(rounded, claim.value(), true, round)) {
                    return claim;
                }
                if (!claim.equals(rounded)
                        && claim.main()
                        && claim.number().qualifier() == rounded.number().qualifier()
                        && !claim.sentence().headline()
                        && claim.value() > rounded.value()
                        && claim.value() < rounded.value() * ROUNDING
                        && headline
                        && rounded.number().qualifier() == Qualifier.AT_LEAST) {
                    return claim;
                }
            }
        }
        return better == null ? rounded : better;
    }

    private static boolean rounds(Claim rounded, long exact, boolean hedged, boolean round) {
        long value = rounded.value();
        if (hedged) {
            return switch (rounded.number().qualifier()) {
                case AT_LEAST -> exact >= value && exact < value * ROUNDING;
                case ALMOST -> exact <= value && exact > value * 0.85;
                default -> Math.abs(exact - value) < value * 0.12;
            };
        }
        if (!round) {
            return false;
        }
        long unit = 1;
        while (value % (unit * 10) == 0) {
            unit *= 10;
        }
        return exact != value
                && exact % 10 != 0
                && Math.abs(exact - value) < unit
                && Math.abs(exact - value) <= value * ROUNDED_BY;
    }

    /** All claims, for those who look at what the total is not. */
    List<Claim> claims() {
        return claims;
    }

    Document document() {
        return document;
    }
}
