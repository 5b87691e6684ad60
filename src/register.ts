import { register } from "./register/register.ts";

register();
