package io.trinity.pipeline;

import io.trinity.api.plugin.Answer;
import io.trinity.api.stage.PipelineStage;
import io.trinity.api.stream.Chunk;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/** A stage that does what it is told and remembers what it was given. */
final class FakeStage implements PipelineStage {
    final List<Chunk> seen = new ArrayList<>();
    private final String name;
    private final int batch;
    private final Function<List<Chunk>, Answer<List<Chunk>>> work;

    FakeStage(String name, int batch, Function<List<Chunk>, Answer<List<Chunk>>> work) {
        this.name = name;
        this.batch = batch;
        this.work = work;
    }

    static FakeStage same(String name) {
        return new FakeStage(name, 1, Answer.Value::new);
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public int batch() {
        return batch;
    }

    @Override
    public Answer<List<Chunk>> process(List<Chunk> chunks) {
        seen.addAll(chunks);
        return work.apply(chunks);
    }
}
