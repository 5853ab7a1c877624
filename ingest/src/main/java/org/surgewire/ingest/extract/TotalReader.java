package org.surgewire.ingest.extract;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.surgewire.ingest.text.Document;

/**
 * Chooses the release's own total among the claims. The headline's figure leads; an exact figure in the body that the
 * headline rounds beats it; without a headline figure the first main claim of the body leads.
 */
final class TotalReader {
    /** An "at least" figure of a headline is a rounding of a body figure at most this many times as large. */
    private static final double ROUNDING = 1.35;

    private final Document document;
    private final List<Claim> claims;

    TotalReader(Document document, List<Claim> claims) {
        this.document = document;
        this.claims = claims;
    }

    @Nullable
    Claim total() {
        Claim headline = headline();
        Claim body = body();
        if (headline == null) {
            return body == null ? wider() : exact(body, false);
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
            if (claim.role() == Claim.Role.WIDER && wider == null) {
                wider = claim;
            }
        }
        return wider;
    }

    private @Nullable Claim body() {
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
                    || !(claim.main() || claim.role() == Claim.Role.WIDER)
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
        return exact != value && exact % 10 != 0 && Math.abs(exact - value) < unit;
    }

    /** All claims, for those who look at what the total is not. */
    List<Claim> claims() {
        return claims;
    }

    Document document() {
        return document;
    }
}
