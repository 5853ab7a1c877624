package org.surgewire.streams.query;

/** Levenshtein's edit distance: insertions, deletions and substitutions that turn one string into another. */
final class EditDistance {
    private static final int LONGEST = 100;

    private EditDistance() {}

    /** The distance, or -1 when it is larger than {@code most} or a string is longer than 100 characters. */
    static int within(int most, String one, String other) {
        if (Math.abs(one.length() - other.length()) > most || one.length() > LONGEST || other.length() > LONGEST) {
            return -1;
        }
        int[] row = new int[other.length() + 1];
        for (int j = 0; j < row.length; j++) {
            row[j] = j;
        }
        for (int i = 1; i <= one.length(); i++) {
            int diagonal = row[0];
            row[0] = i;
            int least = i;
            for (int j = 1; j < row.length; j++) {
                int above = row[j];
                int same = one.charAt(i - 1) == other.charAt(j - 1) ? 0 : 1;
                row[j] = Math.min(Math.min(above, row[j - 1]) + 1, diagonal + same);
                diagonal = above;
                least = Math.min(least, row[j]);
            }
            if (least > most) {
                return -1;
            }
        }
        return row[other.length()] <= most ? row[other.length()] : -1;
    }
}
