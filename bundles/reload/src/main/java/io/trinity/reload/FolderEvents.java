package io.trinity.reload;

import io.trinity.api.log.Asker;
import io.trinity.api.plugin.ErrorCode;
import io.trinity.api.registry.PluginLifecycle;
import io.trinity.api.registry.PluginRegistry;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.BooleanSupplier;

/**
 * What it means that a file of the plugin folder came, changed or went: it is looked into, and the
 * plugins that it concerns are reconciled. On reload's one thread and nowhere else; nothing here
 * waits.
 */
final class FolderEvents implements Reconciler.Surroundings {
    /** Files that are looked into in a moment. */
    private static final int A_MOMENT = 64;

    private final LoadSteps steps;
    private final Retries retries;
    private final FoundFiles files;
    private final ServedFiles served;
    private final FileListing listing;
    private final Examinations examinations;
    private final Reconciler reconciler;
    private final Waiters waiters;
    private final BooleanSupplier folderHeld;

    /**
     * @param folderHeld whether the folder is held to be one that is not mounted
     */
    FolderEvents(
            Path folder,
            PluginRegistry registry,
            PluginLifecycle lifecycle,
            LoadSteps steps,
            Committed committed,
            OffPlugins off,
            FoundFiles files,
            Work work,
            BooleanSupplier folderHeld) {
        this.steps = steps;
        this.retries = new Retries(this::isOpen, this::tryAgain, System::nanoTime);
        this.files = files;
        this.folderHeld = folderHeld;
        this.served = new ServedFiles(folder, registry, committed, files);
        this.listing = new FileListing(registry, lifecycle, off, files, served);
        this.examinations = new Examinations(steps, work);
        this.reconciler =
                new Reconciler(
                        registry, lifecycle, steps, work, committed, off, files, served, listing,
                        this);
        this.waiters = new Waiters(examinations::contains, reconciler::isOpen);
    }

    Reconciler reconciler() {
        return reconciler;
    }

    FileListing listing() {
        return listing;
    }

    /**
     * The first look: the files there are examined, and when all have been, what was committed is
     * started and what has changed is loaded.
     */
    void boot(List<Path> there) {
        there.forEach(this::examine);
        afterBoot();
    }

    private void afterBoot() {
        if (!reconciler.isBooting() || !examinations.isEmpty()) {
            return;
        }
        reconciler.boot();
        files.all().forEach(listing::list);
    }

    /** A file has changed, or is to be looked into again. */
    void examine(Path path) {
        examinations.begin(path, files.find(path), found -> examined(path, found));
    }

    private void examined(Path path, Examination found) {
        FoundFile f = files.known(path);
        Set<String> concerned = served.concerned(f);
        f.digest = found.digest();
        f.manifest = found.manifest();
        f.refusal = found.refusal();
        f.outranked = Optional.empty();
        found.refusal().ifPresent(r -> ReloadAudit.refused(f.key(), f.name(), r));
        concerned.addAll(served.concerned(f));
        if (reconciler.isBooting()) {
            afterBoot();
        } else {
            concerned.forEach(reconciler::reconcile);
            listing.list(f);
            reconciler.unpark();
        }
        waiters.answer();
        Asker.run(Asker.HOST, retries::goOn);
    }

    /** A file is gone. */
    void gone(Path path) {
        Optional<FoundFile> found = files.find(path);
        if (found.isEmpty()) {
            return;
        }
        Set<String> concerned = served.concerned(found.get());
        concerned.forEach(p -> ReloadAudit.event("file.gone", p, found.get().name()));
        listing.unlist(found.get());
        files.forget(path);
        concerned.forEach(reconciler::reconcile);
        waiters.answer();
    }

    /** Something has changed that may cure refusals of these kinds. */
    void retry(Set<ErrorCode> codes) {
        mayBeCured(codes);
        waiters.answer();
    }

    /**
     * Configuration has changed.
     *
     * @param engine whether that of the engine
     */
    void configured(boolean engine) {
        files.refusedFor(FoundFiles.CURABLE).stream()
                .filter(f -> mayDiffer(f, engine))
                .forEach(retries::add);
        retries.goOn();
        waiters.answer();
    }

    /** Does something once a plugin, and a file, have been dealt with. */
    void when(Optional<Path> file, String plugin, Runnable then) {
        String asker = Asker.now();
        waiters.when(file, plugin, () -> Asker.run(asker, then));
        if (!asker.equals(Asker.HOST)) {
            file.ifPresent(examinations::hurry);
            reconciler.hurry(plugin);
        }
    }

    /** Whether a file is being looked into. */
    boolean isExamining(Path file) {
        return examinations.contains(file);
    }

    /** Whether there is nothing to do. */
    boolean isSettled() {
        return examinations.isEmpty() && reconciler.isSettled() && retries.isEmpty();
    }

    // ---- what the reconciler asks, and tells

    /** Who asks for a plugin does not wait for more files than are looked into in a moment. */
    @Override
    public boolean isExamining() {
        boolean asked = !Asker.now().equals(Asker.HOST);
        return asked
                ? !examinations.isEmpty() && examinations.size() <= A_MOMENT
                : !examinations.isEmpty();
    }

    @Override
    public boolean isFolderHeld() {
        return folderHeld.getAsBoolean();
    }

    @Override
    public void mayBeCured(Set<ErrorCode> codes) {
        // On behalf of nobody: whoever asked for what cures them did not ask for this.
        Asker.run(
                Asker.HOST,
                () -> {
                    for (FoundFile f : files.refusedFor(codes)) {
                        if (!codes.contains(ErrorCode.LIMIT_TOTAL_MEMORY) || retries.forRoom(f)) {
                            retries.add(f);
                        }
                    }
                    retries.goOn();
                });
    }

    /** Whether that which refused a file is another now, as far as that can be told. */
    private boolean mayDiffer(FoundFile f, boolean engine) {
        ErrorCode code = f.refusal.orElseThrow().code();
        if (FoundFiles.CURED_BY_ENGINE.contains(code)) {
            return engine;
        }
        Optional<String> plugin = f.plugin();
        return !FoundFiles.CURED_BY_LIMITS.contains(code)
                || plugin.isEmpty()
                || !steps.limits(plugin.get()).equals(f.triedUnder);
    }

    /**
     * Where a file's content is known, only what came after that is tried again. One that is just
     * being written is not read: it is looked into when it rests.
     */
    private void tryAgain(FoundFile f) {
        if (files.isSettling(f) || files.find(f.path()).filter(g -> g == f).isEmpty()) {
            return;
        }
        if (f.manifest.isPresent()) {
            f.refusal = Optional.empty();
            f.plugin().ifPresent(reconciler::reconcile);
        } else {
            examine(f.path());
        }
    }

    private boolean isOpen(Path path, String plugin) {
        return examinations.contains(path) || reconciler.isOpen(plugin);
    }

    @Override
    public boolean isAwaited(String plugin) {
        return waiters.await(plugin);
    }

    @Override
    public void ended() {
        waiters.answer();
        Asker.run(Asker.HOST, retries::goOn);
    }
}
