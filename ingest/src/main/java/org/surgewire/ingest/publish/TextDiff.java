package org.surgewire.ingest.publish;

import com.github.difflib.DiffUtils;
import com.github.difflib.UnifiedDiffUtils;
import java.util.List;
import java.util.stream.Stream;
import org.surgewire.ingest.release.Release;
import org.surgewire.schemas.PressRelease;

/** What a revision changes, for a person: a unified diff of title and text, a line a paragraph. */
final class TextDiff {
    private static final int MOST_CHARS = 16 << 10;
    private static final int LINES_AROUND = 1;

    private TextDiff() {}

    /** Empty when only the publication day or a withdrawal changed. */
    static String of(PressRelease before, Release after) {
        List<String> old = lines(before.getTitle(), before.getText());
        String diff = String.join(
                "\n",
                UnifiedDiffUtils.generateUnifiedDiff(
                        "revision " + before.getRevision(),
                        "revision " + (before.getRevision() + 1),
                        old,
                        DiffUtils.diff(old, lines(after.title(), after.text())),
                        LINES_AROUND));
        return diff.length() > MOST_CHARS ? diff.substring(0, MOST_CHARS) : diff;
    }

    private static List<String> lines(String title, String text) {
        return Stream.concat(Stream.of(title), text.lines()).toList();
    }
}
