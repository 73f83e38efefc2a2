package io.trinity.launcher;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.util.Arrays;
import java.util.List;

/**
 * What {@code ./tri} runs: the first word is the command. Exit codes: 0 done, 1 failed, 2 usage.
 */
public final class Main {
    private static final int FAILED = 1;
    private static final int USAGE = 2;

    private Main() {}

    public static void main(String[] words) {
        System.exit(run(Arrays.asList(words)));
    }

    private static int run(List<String> words) {
        String command = words.isEmpty() ? "" : words.get(0);
        List<String> rest = words.isEmpty() ? words : words.subList(1, words.size());
        try {
            return switch (command) {
                case "run" -> RunCommand.run(rest);
                case "exec" -> ExecCommand.run(rest);
                case "await" -> AwaitCommand.run(rest);
                case "status" -> StatusCommand.run(rest);
                case "stop" -> StopCommand.run(rest);
                case "check" -> CheckCommand.run(rest);
                case "pack" -> PackCommand.run(rest);
                default -> {
                    System.err.println("tri: unknown command '" + command + "'");
                    yield USAGE;
                }
            };
        } catch (Failure e) {
            System.err.println("tri: " + e.getMessage());
        } catch (AccessDeniedException e) {
            System.err.println("tri: " + e.getFile() + " is not open to this user");
        } catch (IOException e) {
            System.err.println("tri: " + e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            System.err.println("tri: interrupted");
        }
        return FAILED;
    }
}
