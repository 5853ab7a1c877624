package org.surgewire.ingest.poll;

import java.util.regex.Pattern;

/** Tells a publisher's statement that a release is withdrawn. A page that is merely gone says nothing. */
final class Withdrawal {
    private static final String WORD = "(withdrawn|retracted|rescinded)";
    private static final Pattern TITLE = Pattern.compile(
            "^\\W*" + WORD + "\\s*[:\\]\\u2013\\u2014-]|[\\[(]\\s*" + WORD + "\\s*[)\\]]\\s*$",
            Pattern.CASE_INSENSITIVE);
    private static final Pattern STATEMENT = Pattern.compile(
            "\\b(this|the) (press |news |media )?(release|announcement|statement) (dated [^.]{4,40} )?"
                    + "(has been|have been|was|is|is hereby) " + WORD + "\\b",
            Pattern.CASE_INSENSITIVE);
    private static final int LEAD = 400;

    private Withdrawal() {}

    static boolean isStated(String title, String text) {
        return TITLE.matcher(title).find()
                || STATEMENT
                        .matcher(text.length() > LEAD ? text.substring(0, LEAD) : text)
                        .find();
    }
}
