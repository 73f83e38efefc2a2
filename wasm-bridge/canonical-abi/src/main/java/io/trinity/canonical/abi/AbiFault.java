package io.trinity.canonical.abi;

import java.util.ArrayList;
import java.util.List;

/**
 * A fault on its way up through the codecs, each of which adds where it was: so that nobody has to
 * keep account of the path while all is well. It never leaves the package.
 */
final class AbiFault extends RuntimeException {
    private final Blame blame;
    private final String problem;
    private final List<String> pathFromInside = new ArrayList<>();

    /** Whose fault it is. */
    private enum Blame {
        GUEST,
        VALUE,
        HOST
    }

    private AbiFault(Blame blame, String problem) {
        super(problem, null, false, false);
        this.blame = blame;
        this.problem = problem;
    }

    static AbiFault ofGuest(String problem) {
        return new AbiFault(Blame.GUEST, problem);
    }

    /** A value of the guest that the record which it is bound to refuses. */
    static AbiFault ofValue(String problem) {
        return new AbiFault(Blame.VALUE, problem);
    }

    static AbiFault ofHost(String problem) {
        return new AbiFault(Blame.HOST, problem);
    }

    /** A value of the host that does not fit its type. */
    static AbiFault unfit(Object type, String expected, Object value) {
        String found = value.getClass().getTypeName();
        return ofHost(
                type
                        + " takes "
                        + expected
                        + ", not "
                        + (found.equals(expected) ? "that of another class loader" : found));
    }

    AbiFault inField(String name) {
        pathFromInside.add("." + name);
        return this;
    }

    AbiFault inElement(int index) {
        pathFromInside.add("[" + index + "]");
        return this;
    }

    RuntimeException in(String function) {
        StringBuilder path = new StringBuilder();
        for (int i = pathFromInside.size() - 1; i >= 0; i--) {
            path.append(pathFromInside.get(i));
        }
        if (path.length() > 0 && path.charAt(0) == '.') {
            path.deleteCharAt(0);
        }
        return switch (blame) {
            case GUEST -> new GuestAbiException(function, path.toString(), problem);
            case VALUE -> new InvalidValueException(function, path.toString(), problem);
            case HOST ->
                    new IllegalArgumentException(
                            function + ": " + (path.length() == 0 ? "" : path + ": ") + problem);
        };
    }
}
