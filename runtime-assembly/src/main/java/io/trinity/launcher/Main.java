package io.trinity.launcher;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.InvalidPathException;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** What {@code ./tri} runs: the first word is the command. Exit codes: {@link ExitCode}. */
public final class Main {
    private Main() {}

    public static void main(String[] words) {
        // Whatever the caller's is: the framework does not start with another's digits, and what
        // scripts read must look the same for everybody.
        Locale.setDefault(Locale.ROOT);
        Output output = Output.install();
        int code = run(Arrays.asList(words));
        System.out.flush();
        System.exit(output.exitCode(code));
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
                case "version" -> VersionCommand.run(rest);
                default -> throw Failure.usage("unknown command '" + command + "'");
            };
        } catch (Failure e) {
            System.err.println("tri: " + e.getMessage());
            return e.exitCode();
        } catch (AccessDeniedException e) {
            System.err.println("tri: " + e.getFile() + " is not open to this user");
        } catch (FileSystemException e) {
            System.err.println("tri: " + e.getFile() + ": " + reason(e));
        } catch (InvalidPathException e) {
            System.err.println(
                    "tri: '" + e.getInput() + "' is no name of a file: " + e.getReason());
        } catch (IOException e) {
            System.err.println("tri: " + e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            System.err.println("tri: interrupted");
        }
        return ExitCode.FAILED;
    }

    private static String reason(FileSystemException e) {
        String reason = e.getReason();
        if (reason != null && !reason.isBlank()) {
            return reason.contains("No space left") ? reason + "; make room on the disk" : reason;
        }
        return switch (e.getClass().getSimpleName()) {
            case "NoSuchFileException" -> "there is no such file";
            case "FileAlreadyExistsException" -> "something of that name is in the way";
            case "NotDirectoryException" -> "it is no folder";
            default -> e.getClass().getSimpleName();
        };
    }
}
