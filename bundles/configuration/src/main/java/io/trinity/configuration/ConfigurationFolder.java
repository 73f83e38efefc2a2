package io.trinity.configuration;

import io.trinity.api.home.FileFingerprint;
import io.trinity.api.home.FileWords;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The files of one folder, read when they have been still from one look to the next. A folder that
 * cannot be listed changes nothing, and a file is gone when two looks did not find it. Links are
 * followed, as a ConfigMap needs it; folders, and files whose names begin with a dot, are none. Not
 * safe for several threads.
 */
final class ConfigurationFolder {
    private static final Logger LOG = LoggerFactory.getLogger(ConfigurationFolder.class);

    /** A file as it lies there. */
    private record Seen(Path path, FileFingerprint fingerprint) {}

    private final List<Path> folders;
    private final Map<String, ConfFile> files = new TreeMap<>();
    private final Map<String, FileFingerprint> settling = new HashMap<>();
    private final Set<String> missing = new HashSet<>();
    private final List<Problem> odd = new ArrayList<>();
    private String trouble = "";

    /**
     * @param folders a file of an earlier one hides one of the same name in a later one
     */
    ConfigurationFolder(List<Path> folders) {
        this.folders = List.copyOf(folders);
    }

    /** What the files said when they were read last, in the order of their names. */
    Collection<ConfFile> files() {
        return List.copyOf(files.values());
    }

    /** Of what lies there and is no file. */
    List<Problem> odd() {
        return List.copyOf(odd);
    }

    /**
     * Looks.
     *
     * @param wait whether a file is read only when it has been still since the last look
     * @return whether there is news
     */
    boolean look(boolean wait) {
        Map<String, Seen> there = new LinkedHashMap<>();
        List<Problem> before = List.copyOf(odd);
        odd.clear();
        try {
            for (Path folder : folders) {
                list(folder, there);
            }
        } catch (IOException e) {
            if (!trouble.equals(e.toString())) {
                trouble = e.toString();
                LOG.warn(
                        "code=CONFIG_INVALID conf/ cannot be listed, all stays as it is: {}",
                        trouble);
            }
            return false;
        }
        trouble = "";
        boolean news = !odd.equals(before);
        for (Map.Entry<String, Seen> e : there.entrySet()) {
            String name = e.getKey();
            FileFingerprint print = e.getValue().fingerprint();
            @Nullable ConfFile known = files.get(name);
            missing.remove(name);
            if (known != null && known.fingerprint().equals(print)) {
                settling.remove(name);
            } else if (!wait || print.equals(settling.get(name))) {
                settling.remove(name);
                files.put(name, ConfFile.read(e.getValue().path(), print));
                news = true;
            } else {
                settling.put(name, print);
            }
        }
        for (String name : List.copyOf(files.keySet())) {
            if (!there.containsKey(name) && (!wait || !missing.add(name))) {
                files.remove(name);
                missing.remove(name);
                news = true;
            }
        }
        return news;
    }

    /** Reads one file now, as a command has just written it. */
    void reread(Path file) throws IOException {
        String name = String.valueOf(file.getFileName());
        settling.remove(name);
        if (Files.notExists(file)) {
            return;
        }
        files.put(name, ConfFile.read(file, FileFingerprint.of(file)));
    }

    private void list(Path folder, Map<String, Seen> there) throws IOException {
        List<Path> entries = new ArrayList<>();
        try (DirectoryStream<Path> stream = Files.newDirectoryStream(folder)) {
            stream.forEach(entries::add);
        } catch (java.nio.file.DirectoryIteratorException e) {
            throw e.getCause();
        }
        entries.sort(null);
        for (Path entry : entries) {
            String name = String.valueOf(entry.getFileName());
            if (Pid.of(name).isEmpty() || there.containsKey(name)) {
                Validation.stranger(name).ifPresent(odd::add);
                continue;
            }
            @Nullable ConfFile known = files.get(name);
            try {
                if (Files.isRegularFile(entry)) {
                    there.put(name, new Seen(entry, FileFingerprint.of(entry)));
                } else if (known != null && Files.notExists(entry)) {
                    // A link that leads nowhere may be one that is being switched.
                    odd.add(new Problem(name, 0, "", "it is a link that leads nowhere"));
                    there.put(name, new Seen(entry, known.fingerprint()));
                } else {
                    odd.add(new Problem(name, 0, "", "it is no file; it has no effect"));
                }
            } catch (IOException e) {
                odd.add(new Problem(name, 0, "", "it cannot be looked at: " + FileWords.of(e)));
                if (known != null) {
                    there.put(name, new Seen(entry, known.fingerprint()));
                }
            }
        }
    }
}
