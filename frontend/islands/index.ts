import { Concept } from "./concept.ts";
import { Fouten } from "./fouten.ts";
import { Gesprek } from "./gesprek.ts";
import { type Island, mount } from "./island.ts";
import { Koplink } from "./koplink.ts";
import { LijktOp } from "./lijkt_op.ts";
import { Live } from "./live.ts";
import { Meer } from "./meer.ts";
import { watch } from "./onverzonden.ts";
import { Opmaak } from "./opmaak.ts";
import { Titel } from "./titel.ts";

const islands: Readonly<Record<string, Island>> = {
  concept: Concept,
  fouten: Fouten,
  gesprek: Gesprek,
  koplink: Koplink,
  "lijkt-op": LijktOp,
  live: Live,
  meer: Meer,
  opmaak: Opmaak,
  titel: Titel,
};

mount(document, islands);
watch();
