package org.surgewire.streams.cases;

import static org.assertj.core.api.Assertions.assertThat;
import static org.surgewire.streams.runtime.Pipeline.MECKLENBURG;
import static org.surgewire.streams.runtime.Pipeline.NC;
import static org.surgewire.streams.runtime.Pipeline.US;
import static org.surgewire.streams.runtime.Pipeline.announcement;
import static org.surgewire.streams.runtime.Pipeline.claim;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.surgewire.schemas.Claim;
import org.surgewire.schemas.jurisdictions.Jurisdictions;

class EventTreeTest {
    private static final String WAKE = NC + "/county:wake";
    private static final String DURHAM = NC + "/county:durham";

    private final EventTree tree = new EventTree(Jurisdictions.bundled());

    @Test
    void aParentIsTheLargerOfItsOwnNumberAndTheSumOfItsParts() {
        add("nc", total(NC, 24));
        add("m", total(MECKLENBURG, 12));
        assertThat(best(NC)).isEqualTo(24);
        assertThat(best(US)).isEqualTo(24);

        add("w", total(WAKE, 15));
        assertThat(best(NC)).isEqualTo(27);
        assertThat(best(MECKLENBURG)).isEqualTo(12);
    }

    @Test
    void whatNoPartAccountsForStaysAtTheParent() {
        add("nc", total(NC, 24), part(MECKLENBURG, 12));
        assertThat(best(NC)).isEqualTo(24);
        assertThat(best(MECKLENBURG)).isEqualTo(12);
        assertThat(tree.find(WAKE)).isNull();
    }

    @Test
    void aNamedPartWithoutANumberIsUnknownAndNotZero() {
        add("nc", total(NC, 24), unnumbered(WAKE));
        assertThat(tree.find(WAKE)).isNotNull();
        assertThat(best(WAKE)).isNull();
        assertThat(best(NC)).isEqualTo(24);
    }

    @Test
    void anAreaCountsAtTheJurisdictionThatContainsItBesideItsOtherParts() {
        add("area", area("the Triangle area", 30));
        add("m", total(MECKLENBURG, 12));
        assertThat(best(NC)).isEqualTo(42);
        assertThat(best(MECKLENBURG)).isEqualTo(12);
    }

    @Test
    void aCityWithTheNameOfAnAreaLiesInsideIt() {
        add("area", area("the greater Wake area", 30));
        add("w", total(WAKE, 12));
        assertThat(best(NC)).isEqualTo(30);
    }

    @Test
    void twoAreasForWhichDifferentReleasesStateOneNumberAreTheSameArrests() {
        add("a", area("the Triangle area", 30));
        add("b", area("Central Carolina", 30));
        assertThat(best(NC)).isEqualTo(30);

        add("c", total(NC, 28), areaPart("the Triad", 14), areaPart("the Sandhills", 14));
        assertThat(best(NC)).isEqualTo(58);
    }

    @Test
    void anAreaThatAReleaseCountsIntoALargerOneIsNotAddedToIt() {
        add("whole", area("the Piedmont", 97), areaPart("the Triad area", 14));
        assertThat(best(NC)).isEqualTo(97);

        add("part", area("the Triad area", 15));
        add("beside", area("the Sandhills", 20));
        assertThat(best(NC)).isEqualTo(117);
    }

    @Test
    void oneNameForAnAreaToldTwiceIsOneGroup() {
        add("a", area("the Triangle area", 30));
        add("b", area("greater Triangle region", 30));
        assertThat(best(NC)).isEqualTo(30);
    }

    @Test
    void aJointNumberCoversTheJurisdictionsItNames() {
        add("joint", Claim.newBuilder(total(NC, 20)).setPlace(null).build(), part(WAKE, 11), part(DURHAM, 9));
        add("m", total(MECKLENBURG, 12));
        assertThat(best(NC)).isEqualTo(32);
        assertThat(best(WAKE)).isEqualTo(11);
    }

    @Test
    void theOrderOfTellingsDoesNotChangeTheNumbers() {
        var other = new EventTree(Jurisdictions.bundled());
        var nc = Telling.of(announcement("nc", "2020-09-28", total(NC, 24), part(MECKLENBURG, 12)))
                .get(0);
        var w = Telling.of(announcement("w", "2020-09-28", total(WAKE, 15))).get(0);
        tree.add(nc);
        tree.add(w);
        tree.resolve();
        other.add(w);
        other.add(nc);
        other.resolve();
        assertThat(other.nodes().stream().map(node -> node.id() + " " + node.number()))
                .containsExactlyElementsOf(tree.nodes().stream()
                        .map(node -> node.id() + " " + node.number())
                        .toList());
    }

    private void add(String releaseId, Claim... claims) {
        tree.add(Telling.of(announcement(releaseId, "2020-09-28", claims)).get(0));
        tree.resolve();
    }

    private @Nullable Long best(String id) {
        EventTree.Node node = tree.find(id);
        return node == null || node.number() == null ? null : node.number().best();
    }

    private static Claim total(String id, long count) {
        return Claim.newBuilder(claim("c1", "TOTAL", id, count)).setPlace(id).build();
    }

    private static Claim part(String id, long count) {
        return Claim.newBuilder(claim("c2", "PART", id, count)).setPlace(id).build();
    }

    private static Claim unnumbered(String id) {
        return Claim.newBuilder(part(id, 0))
                .setLow(null)
                .setBest(null)
                .setHigh(null)
                .build();
    }

    private static Claim area(String name, long count) {
        return Claim.newBuilder(total(NC, count))
                .setPlace(name)
                .setPlaceType("area")
                .build();
    }

    private static Claim areaPart(String name, long count) {
        return Claim.newBuilder(area(name, count))
                .setClaimId("c2")
                .setRole("PART")
                .build();
    }
}
