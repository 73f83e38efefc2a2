package io.trinity.shell;

import io.trinity.api.config.Configurations;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/** One place, and settings; nothing can be changed. */
record FakeConfigurations(
        String where, List<Setting> all, List<String> problems, Map<String, String> unread)
        implements Configurations {
    FakeConfigurations(String where, List<Setting> all, List<String> problems) {
        this(where, all, problems, Map.of());
    }

    FakeConfigurations(String where, Setting... all) {
        this(where, List.of(all), List.of());
    }

    @Override
    public String place(String pid) {
        return where;
    }

    @Override
    public String change(String pid, Function<Function<String, List<String>>, List<Change>> edit) {
        throw new UnsupportedOperationException();
    }

    @Override
    public List<Setting> settings(Optional<String> pid) {
        return all.stream().filter(s -> s.pid().equals(pid.orElse(s.pid()))).toList();
    }
}
