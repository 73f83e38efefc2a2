package io.trinity.engine.run;

import com.dylibso.chicory.wasm.WasmModule;
import com.dylibso.chicory.wasm.types.ActiveElement;
import com.dylibso.chicory.wasm.types.CodeSection;
import com.dylibso.chicory.wasm.types.DeclarativeElement;
import com.dylibso.chicory.wasm.types.Element;
import com.dylibso.chicory.wasm.types.ElementSection;
import com.dylibso.chicory.wasm.types.FunctionBody;
import com.dylibso.chicory.wasm.types.Instruction;
import com.dylibso.chicory.wasm.types.OpCode;
import com.dylibso.chicory.wasm.types.PassiveElement;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * A parsed module in which equal things are there once. Chicory keeps a list of instructions, some
 * hundred bytes, for each element of a segment and each function body; elements are references to
 * functions, of which there are far fewer, and bodies are all the same here.
 */
final class Lean {
    private Lean() {}

    /** The same module. */
    static WasmModule of(WasmModule parsed) {
        WasmModule.Builder lean =
                WasmModule.builder()
                        .withValidation(false)
                        .setTypeSection(parsed.typeSection())
                        .setImportSection(parsed.importSection())
                        .setFunctionSection(parsed.functionSection())
                        .setTableSection(parsed.tableSection())
                        .setGlobalSection(parsed.globalSection())
                        .setExportSection(parsed.exportSection())
                        .setElementSection(elements(parsed.elementSection()))
                        .setCodeSection(bodies(parsed.codeSection()))
                        .setDataSection(parsed.dataSection());
        parsed.memorySection().ifPresent(lean::setMemorySection);
        parsed.startSection().ifPresent(lean::setStartSection);
        parsed.dataCountSection().ifPresent(lean::setDataCountSection);
        return lean.build();
    }

    private static ElementSection elements(ElementSection section) {
        Map<Reference, List<Instruction>> known = new HashMap<>();
        ElementSection.Builder lean = ElementSection.builder();
        for (Element e : section.elements()) {
            List<List<Instruction>> shared = new ArrayList<>(e.elementCount());
            for (List<Instruction> initializer : e.initializers()) {
                shared.add(
                        isConstant(initializer)
                                ? known.computeIfAbsent(
                                        Reference.of(initializer.get(0)), r -> initializer)
                                : initializer);
            }
            lean.addElement(with(e, shared));
        }
        return lean.build();
    }

    private static boolean isConstant(List<Instruction> initializer) {
        return initializer.size() == 1
                || initializer.size() == 2 && initializer.get(1).opcode() == OpCode.END;
    }

    /** What a constant expression of one instruction says. */
    private record Reference(int opcode, long operand) {
        static Reference of(Instruction i) {
            return new Reference(i.opcode().opcode(), i.operandCount() == 0 ? 0 : i.operand(0));
        }
    }

    private static Element with(Element e, List<List<Instruction>> initializers) {
        if (e instanceof ActiveElement active) {
            return new ActiveElement(e.type(), initializers, active.tableIndex(), active.offset());
        }
        return e instanceof PassiveElement
                ? new PassiveElement(e.type(), initializers)
                : new DeclarativeElement(e.type(), initializers);
    }

    private static CodeSection bodies(CodeSection section) {
        CodeSection.Builder lean =
                CodeSection.builder().setRequiresDataCount(section.isRequiresDataCount());
        FunctionBody first = null;
        for (int i = 0; i < section.functionBodyCount(); i++) {
            first = first == null ? section.getFunctionBody(i) : first;
            lean.addFunctionBody(first);
        }
        return lean.build();
    }
}
