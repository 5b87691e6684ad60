import { answerProgram } from "./answer-program.ts";

void answerProgram(process.argv[2], process.env);
