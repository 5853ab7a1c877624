package org.surgewire.streams.surge;

import java.util.List;

/**
 * What {@link FamilySurge} says about one period of a parent and its children.
 *
 * @param parent the verdict on the parent: whether an operation is on anywhere among the children
 * @param children the verdict on each child, in the order they were given; an alarm names a place it reached
 */
public record FamilyVerdict(Verdict parent, List<Verdict> children) {
    public FamilyVerdict {
        children = List.copyOf(children);
    }

    /** The verdict on the parent with a bound, see {@link FamilySurge.Expectation#bound}. */
    public Verdict whole(double bound) {
        return Verdict.judged(
                parent.alarm(), parent.observed(), parent.expected(), bound, parent.score(), parent.pValue());
    }
}
