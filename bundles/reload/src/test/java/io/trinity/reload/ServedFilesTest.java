package io.trinity.reload;

import org.junit.jupiter.api.Test;

class ServedFilesTest extends ReloadFixture {
    @Test
    void whatCameFromADamagedFileGoesWithIt() throws Exception {
        rig.write("a.wasm", "alpha 1.0.0");
        rig.boot();
        rig.drop("a.wasm", "");
        rig.settle();
        rig.remove("a.wasm");
        rig.settle();

        assertPlugins();
    }

    @Test
    void oneThatIsListedWithAnErrorDoesNotServe() throws Exception {
        rig.steps.refused.add("beta 1.0.0");
        rig.write("b.wasm", "beta 1.0.0");
        rig.boot();
        rig.steps.taken.clear();
        rig.drop("a.wasm", "alpha 1.0.0 beta");
        rig.drop("b.wasm", "beta 2.0.0");
        rig.settle();

        assertTaken("load beta", "load alpha");
    }

    @Test
    void aFileWhoseNameThisSystemCannotWriteIsHeldToBeThere() throws Exception {
        rig.write("a.wasm", "alpha 1.0.0");
        rig.boot();
        Commit c = rig.committed.find("alpha").orElseThrow();
        rig.committed.put(new Commit("alpha", "\0.wasm", c.generation(), c.digest()));
        rig.delete("a.wasm");
        rig.life();
        rig.boot();

        assertPlugins("alpha 1.0.0 active \0.wasm");
        assertTaken("start alpha");
    }
}
